package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.RepositoryScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.ApplyWarnings;
import io.xenpatch.xen.AvailableUpdate;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.LivePatch;
import io.xenpatch.xen.LivePatchFailure;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.UpdateRepository;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Repositories over the wire: listed, synchronised, applied. */
class RepositoryWireTests extends AdapterTest {

    private static PoolScenario bare() {
        return Scenario.pool("repositories")
                .profile(Profile.XENSERVER_8)
                .hosts(2)
                .vmsEach(1);
    }

    private static RepositoryUpdates updates(XapiPool pool) {
        return pool.repositories().updates().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static String hash(XapiPool pool) {
        return pool.pool()
                .observe()
                .repositories()
                .source()
                .map(UpdateRepository::hash)
                .orElseThrow();
    }

    private HostSoftware software(XapiPool pool, int host) {
        return pool.hosts().observe(host(host)).software();
    }

    @Test
    void tellsWhatEachHostLacks() {
        start(bare().repository(UpdateSet.LIVE));
        var pool = open();

        var updates = updates(pool);

        assertThat(updates.hash()).isEqualTo(hash(pool)).isNotEmpty();
        assertThat(updates.hosts()).containsOnlyKeys(host(0), host(1));
        var lacking = updates.of(host(1)).orElseThrow();
        assertThat(lacking.packages())
                .containsExactlyInAnyOrder("xen-hypervisor-4.17.3-3.11.xs8.x86_64", "kernel-4.19.0-8.0.2.xs8.x86_64");
        assertThat(lacking.livePatchStatus()).isEqualTo(LivePatchStatus.COMPLETE);
        assertThat(lacking.livePatches()).extracting(LivePatch::component).containsExactlyInAnyOrder("xen", "kernel");
        assertThat(updates.missingOn(host(1)))
                .hasSize(2)
                .allMatch(AvailableUpdate::wantsReboot)
                .allSatisfy(update -> assertThat(update.livePatches()).hasSize(1));
    }

    @Test
    void synchronisesAndAnswersTheNewHash() {
        start(bare().repository(
                        "updates",
                        repository -> repository
                                .update("UPDATE-1", update -> update.packages("xsconsole-11.0.6-1.xs8.x86_64"))
                                .everyHost(host -> host.installed("xsconsole-11.0.5-1.xs8.x86_64"))));
        var pool = open();
        assertThat(hash(pool)).isEmpty();

        var answer = succeeded(pool, pool.repositories().synchronise(false));

        assertThat(answer.text()).isEqualTo(hash(pool)).isEqualTo(updates(pool).hash());
        assertThat(pool.pool().observe().repositories().syncedAt()).isNotNull();
        assertThat(software(pool, 1).hasLatestSynced()).isFalse();
    }

    @Test
    void appliesEverythingToAHost() {
        start(bare().repository(UpdateSet.LIVE));
        var pool = open();
        var hash = updates(pool).hash();

        var answer = succeeded(pool, pool.repositories().apply(host(0), hash));

        assertThat(pool.repositories().warnings(answer)).isEqualTo(ApplyWarnings.NONE);
        var software = software(pool, 0);
        assertThat(software.updateHash()).isEqualTo(hash);
        assertThat(software.hasLatestSynced()).isTrue();
        assertThat(software.updatedAt()).isNotNull();
        assertThat(software.pending().at(GuidanceLevel.RECOMMENDED)).containsExactly(Guidance.RESTART_TOOLSTACK);
        assertThat(updates(pool).of(host(0))).contains(HostUpdates.NONE);
        assertThat(updates(pool).of(host(1))).get().matches(lacking -> !lacking.isEmpty());
    }

    /** Trap 6: neither the list nor the host says so elsewhere. */
    @Test
    void livePatchThatFailedIsInTheAnswerAndInTheRecommendedListOnly() {
        start(bare().repository(UpdateSet.FAILS));
        var pool = open();

        var answer =
                succeeded(pool, pool.repositories().apply(host(0), updates(pool).hash()));

        assertThat(pool.repositories().warnings(answer).livePatchFailures())
                .extracting(LivePatchFailure::component)
                .containsExactlyInAnyOrder("xen", "kernel");
        assertThat(software(pool, 0).pending().at(GuidanceLevel.RECOMMENDED))
                .contains(
                        Guidance.REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE,
                        Guidance.REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE);
        assertThat(software(pool, 0).hasLatestSynced()).isTrue();
        assertThat(updates(pool).of(host(0))).contains(HostUpdates.NONE);
    }

    @Test
    void hashThatIsStaleIsRefusedByTheTask() {
        start(bare().repository(UpdateSet.NOTHING));
        var pool = open();

        assertThat(finished(pool, pool.repositories().apply(host(0), "stale")))
                .isEqualTo(new XapiTask.Failed("UPDATEINFO_HASH_MISMATCH", List.of()));
    }

    @Test
    void poolWithoutARepositoryHasNoList() {
        start(bare().repository("updates", RepositoryScenario::disabled));
        var pool = open();

        assertThat(catchThrowable(() -> updates(pool)).getCause())
                .isInstanceOfSatisfying(
                        XapiFailure.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("GET_UPDATES_FAILED"));
    }

    @Test
    void logsInAgainForTheList() {
        start(bare().repository(UpdateSet.NOTHING));
        var pool = open();
        pool.pool().observe();
        inject(FaultKind.SESSION_LOST, "pool.get_all");
        var unused = catchThrowable(() -> open().pool().setLivePatchingDisabled(false));

        assertThat(updates(pool).hosts()).hasSize(2);
    }

    @Test
    void givesAGuestNewDeviceModels() {
        start(bare().repository(UpdateSet.NOTHING));
        var pool = open();
        var vm = pool.pool().observe().vms().get(0);

        succeeded(pool, pool.vms().restartDeviceModels(vm.uuid()));

        assertThat(pool.pool().observe().vm(vm.uuid()).orElseThrow().residentOn())
                .isEqualTo(vm.residentOn());
    }

    @Test
    void listIsTheSameWithoutAWire() {
        var virtual = new VirtualPool(
                Scenario.of(bare().repository(UpdateSet.REBOOT)), Instant.parse("2026-11-23T01:00:00Z"));
        try (var pool = virtual.connect()) {
            var updates = updates(pool);

            assertThat(updates.hosts().values())
                    .hasSize(2)
                    .allSatisfy(lacking ->
                            assertThat(lacking.at(GuidanceLevel.RECOMMENDED)).containsExactly(Guidance.REBOOT_HOST));
        }
    }
}
