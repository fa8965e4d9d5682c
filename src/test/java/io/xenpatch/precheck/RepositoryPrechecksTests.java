package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.AvailableUpdate;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.UpdateRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What speaks against updating from a repository. */
class RepositoryPrechecksTests {
    private static final UpdateChoice LATEST = new UpdateChoice.Latest();
    private static final Instant SYNCED = TestPool.NOW.minus(Duration.ofHours(1));

    @Test
    void findsNothingAgainstAPoolThatIsSynchronisedAndListsEveryHost() {
        assertThat(judging(pool(2)).blocking()).isEmpty();
    }

    @Test
    void wantsExactlyOneRepositoryOfUpdates() {
        var base = new UpdateRepository(new UUID(0, 9), "base", false, "");
        var none = new PoolRepositories(List.of(base), SYNCED, false);
        var two = new PoolRepositories(List.of(repository("a"), repository("b")), SYNCED, false);

        assertThat(judging(pool(1).repositories(none)).blocking()).containsExactly("NO_REPOSITORY_ENABLED");
        assertThat(judging(pool(1).repositories(two)).blocking())
                .containsExactly("MULTIPLE_UPDATE_REPOSITORIES_ENABLED");
        assertThat(judging(pool(1).repositories(synced(SYNCED, base, repository("a"))))
                        .blocking())
                .isEmpty();
    }

    @Test
    void wantsTheRepositoryToHaveBeenSynchronised() {
        var emptied = new UpdateRepository(new UUID(0, 1), "new", true, "");

        assertThat(judging(pool(1).repositories(synced(null, repository("a")))).blocking())
                .containsExactly("NEVER_SYNCHRONISED");
        assertThat(judging(pool(1).repositories(synced(SYNCED, emptied))).blocking())
                .as("enabled, and not synchronised since")
                .containsExactly("NEVER_SYNCHRONISED");
    }

    @Test
    void warnsOfAnOldSynchronisationAndOffersToRenewIt() {
        var old = synced(TestPool.NOW.minus(Duration.ofDays(9)), repository("a"));
        var fresh = synced(TestPool.NOW.minus(Duration.ofDays(7)), repository("a"));

        assertThat(judging(pool(1).repositories(old)).rows("SYNC_STALE"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.WARNING);
                    assertThat(row.fix()).isEqualTo(Fixes.SYNC_UPDATES);
                });
        assertThat(judging(pool(1).repositories(fresh)).rows("SYNC_STALE")).isEmpty();
    }

    /** xapi.md §13, trap 11; R33. */
    @Test
    void oneHostThatDoesNotAnswerKeepsThePoolFromSynchronising() {
        var old = synced(TestPool.NOW.minus(Duration.ofDays(9)), repository("a"));
        var never = synced(null, repository("a"));
        var stale = judging(pool(3).repositories(old).change(2, TestPool.live(false)));
        var needed = judging(pool(3).repositories(never).change(2, TestPool.live(false)));

        assertThat(stale.targets(0, 1).rows("SYNC_STALE")).singleElement().satisfies(row -> {
            assertThat(row.detail()).contains("can't synchronise", "host-2");
            assertThat(row.parameters()).containsEntry("unreachable", List.of("host-2"));
            assertThat(row.fix()).isEqualTo(Fixes.SYNC_UPDATES);
        });
        assertThat(stale.blocking()).isEmpty();
        assertThat(needed.targets(0, 1).blocking()).containsExactly("HOST_NOT_LIVE", "NEVER_SYNCHRONISED");
        assertThat(judging(pool(2).repositories(old)).rows("SYNC_STALE"))
                .singleElement()
                .satisfies(row -> assertThat(row.detail()).doesNotContain("can't"));
    }

    @Test
    void offersToPauseThePoolsOwnSynchronisation() {
        var periodic = new PoolRepositories(List.of(repository("a")), SYNCED, true);

        assertThat(judging(pool(1).repositories(periodic)).rows("PERIODIC_SYNC_ON"))
                .singleElement()
                .satisfies(row -> assertThat(row.fix()).isEqualTo(Fixes.PAUSE_UPDATE_SYNC));
        assertThat(judging(pool(1)).rows("PERIODIC_SYNC_ON")).isEmpty();
    }

    /** R2. */
    @Test
    void blocksAHostThatTheListLeavesOut() {
        var judging = judging(pool(2)).listing(Answer.of(listing(0)));

        assertThat(judging.rows("HOST_UPDATES_UNKNOWN"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.subjectUuid()).isEqualTo(TestPool.host(1).value()));
        assertThat(judging.blocking()).containsExactly("HOST_UPDATES_UNKNOWN");
    }

    @Test
    void blocksWhereThePoolDoesNotListItsUpdates() {
        assertThat(judging(pool(2))
                        .listing(Answer.failed("GET_UPDATES_FAILED", List.of("host")))
                        .blocking())
                .containsExactly("UPDATES_NOT_LISTED");
        assertThat(judging(pool(2))
                        .listing(Answer.failed("NO_ANSWER", List.of("not in time")))
                        .blocking())
                .containsExactly("NO_ANSWER");
    }

    /** R36. */
    @Test
    void blocksAnotherHashThanTheOneThatWasAskedFor() {
        assertThat(judging(pool(1)).choosing(new UpdateChoice.AtHash("abc")).blocking())
                .isEmpty();
        assertThat(judging(pool(1)).choosing(new UpdateChoice.AtHash("def")).blocking())
                .containsExactly("PROMOTION_HASH_DIFFERS");
    }

    @Test
    void letsManualModeStartOnlyWhereNothingMandatoryIsOwed() {
        var owing = pool(1).change(0, TestPool.software(owes(GuidanceLevel.MANDATORY, Guidance.RESTART_TOOLSTACK)));

        assertThat(judging(owing).manual().blocking()).contains("HOST_PENDING_MANDATORY_GUIDANCE");
        assertThat(judging(owing).blocking()).isEmpty();
        assertThat(judging(pool(1)).manual().blocking()).isEmpty();
    }

    /** R32: what is only asked for to be complete stops nobody; what this plan does not carry out stops the members. */
    @ParameterizedTest
    @EnumSource
    void stopsMembersBehindACoordinatorThatOwesAReboot(GuidanceLevel level) {
        var owing = pool(2).change(0, TestPool.software(owes(level, Guidance.REBOOT_HOST)));

        var onlyMember = judging(owing)
                .listing(Answer.of(listing(Map.of(TestPool.host(0), HostUpdates.NONE, TestPool.host(1), console()))))
                .targets(1)
                .blocking();

        assertThat(onlyMember.contains("COORDINATOR_RESTART_PENDING")).isEqualTo(level != GuidanceLevel.FULL);
        assertThat(judging(owing).blocking())
                .as("with the coordinator, which does it first")
                .isEmpty();
    }

    @Test
    void wantsTheCoordinatorAmongTheTargetsWhileItLacksSomething() {
        assertThat(judging(pool(2)).targets(1).blocking()).containsExactly("COORDINATOR_NOT_INCLUDED");
        assertThat(judging(pool(2))
                        .listing(Answer.of(
                                listing(Map.of(TestPool.host(0), HostUpdates.NONE, TestPool.host(1), console()))))
                        .targets(1)
                        .blocking())
                .isEmpty();
    }

    /** R34. */
    @Test
    void wantsHighAvailabilityOffWhateverIsApplied() {
        assertThat(judging(pool(2).highAvailability()).blocking()).containsExactly("HA_ENABLED");
    }

    @Test
    void asksNothingOfTheRepositoryWhereOnlyPendingTasksAreCarriedOut() {
        var judging = judging(pool(2).repositories(PoolRepositories.NONE))
                .choosing(new UpdateChoice.PendingTasksOnly())
                .listing(Answer.notAsked("not asked"));

        assertThat(judging.blocking()).isEmpty();
        assertThat(judging.rows("UP_TO_DATE")).hasSize(1);
    }

    private static Judging judging(TestPool pool) {
        int hosts = pool.snapshot().hosts().size();
        int[] all = new int[hosts];
        Arrays.setAll(all, index -> index);
        return Judging.of(pool).choosing(LATEST).listing(Answer.of(listing(all)));
    }

    private static TestPool pool(int hosts) {
        return TestPool.of(hosts).channel(Channel.REPOSITORY).repositories(synced(SYNCED, repository("a")));
    }

    /** One, an hour ago. */
    static PoolRepositories synchronised() {
        return synced(SYNCED, repository("a"));
    }

    private static PoolRepositories synced(@Nullable Instant at, UpdateRepository... enabled) {
        return new PoolRepositories(List.of(enabled), at, false);
    }

    private static UpdateRepository repository(String name) {
        return new UpdateRepository(new UUID(0, name.hashCode()), name, true, "abc");
    }

    /** These hosts lack an update of the console. */
    private static RepositoryUpdates listing(int... hosts) {
        Map<HostUuid, HostUpdates> lacking = new HashMap<>();
        Arrays.stream(hosts).forEach(host -> lacking.put(TestPool.host(host), console()));
        return listing(lacking);
    }

    private static RepositoryUpdates listing(Map<HostUuid, HostUpdates> hosts) {
        return new RepositoryUpdates("abc", hosts, List.<AvailableUpdate>of());
    }

    private static HostUpdates console() {
        return new HostUpdates(Map.of(), List.of("xsconsole-11.0.6-1.xs8.x86_64.rpm"), Set.of(), List.of());
    }

    private static HostSoftware owes(GuidanceLevel level, Guidance what) {
        return new HostSoftware(new PendingGuidances(Map.of(level, Set.of(what))), null, "", null);
    }
}
