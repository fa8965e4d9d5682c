package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.MinimalUpdates.Basis;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.PoolSequence;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdateSequence;
import io.xenpatch.plan.UpdateSequence.LeftOut;
import io.xenpatch.plan.UpdateSequence.Why;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateUuid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceFindingsTests {
    private static final UpdateUuid OTHER = new UpdateUuid(new UUID(0, 600));
    private static final UpdateUuid UNKNOWN = new UpdateUuid(new UUID(0, 601));

    private static List<PrecheckRow> judge(TestPool pool, PoolSequence sequence) {
        PoolSnapshot snapshot = pool.snapshot();
        Situation situation = new Situation(
                snapshot,
                ServerAnswers.none(),
                new PoolPlan(snapshot.uuid(), new UpdateChoice.Latest(), sequence, List.of(), List.of()),
                UpdatePolicy.defaults(),
                TestPool.NOW,
                null);
        return new SequenceFindings().judge(situation);
    }

    private static PoolSequence sequence(UpdateSequence... hosts) {
        Map<HostUuid, UpdateSequence> all = new LinkedHashMap<>();
        for (int index = 0; index < hosts.length; index++) {
            all.put(TestPool.host(index), hosts[index]);
        }
        return new PoolSequence(Basis.LISTED, all, Map.of(OTHER, "XS82E002"));
    }

    private static UpdateSequence updates(UpdateUuid... updates) {
        return new UpdateSequence(List.of(updates), List.of());
    }

    private static UpdateSequence leaving(Why why, UpdateUuid... because) {
        LeftOut left = new LeftOut(TestPool.UPDATE, why, List.of(because), List.of());
        return new UpdateSequence(List.of(), List.of(left));
    }

    @Test
    void hasNothingAgainstASequenceThatFitsEveryHost() {
        assertThat(judge(TestPool.of(2), sequence(updates(TestPool.UPDATE), updates(TestPool.UPDATE))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Basis.class, mode = EnumSource.Mode.EXCLUDE, names = "LISTED")
    void blocksAPoolOfWhichNobodyKnowsWhatItLacks(Basis basis) {
        assertThat(judge(TestPool.of(2), new PoolSequence(basis, Map.of(), Map.of())))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.code()).isEqualTo("LATEST_NOT_KNOWN");
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.parameters()).containsEntry("because", basis.name());
                    assertThat(row.detail()).contains("by its uuid");
                });
    }

    @Test
    void blocksAHostThatLacksAPrerequisiteOutsideTheSequence() {
        assertThat(judge(TestPool.of(1), sequence(leaving(Why.REQUIREMENT_MISSING, OTHER, UNKNOWN))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.code()).isEqualTo("PREREQUISITE_UPDATE_MISSING");
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.hostUuid()).isEqualTo(TestPool.host(0).value());
                    assertThat(row.parameters())
                            .containsEntry("prerequisites", List.of("XS82E002", UNKNOWN.toString()));
                    assertThat(row.title()).contains("XS82E001", "XS82E002", "host-0");
                });
    }

    @Test
    void namesAPrerequisiteThatIsNoUpdateInTheServersWords() {
        LeftOut left = new LeftOut(TestPool.UPDATE, Why.REQUIREMENT_MISSING, List.of(), List.of("missing-lib"));

        assertThat(judge(TestPool.of(1), sequence(new UpdateSequence(List.of(), List.of(left)))))
                .singleElement()
                .satisfies(row -> assertThat(row.parameters()).containsEntry("prerequisites", List.of("missing-lib")));
    }

    @Test
    void blocksAHostThatHasWhatExcludesAnUpdate() {
        assertThat(judge(TestPool.of(1), sequence(leaving(Why.CONFLICT, OTHER))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.code()).isEqualTo("CONFLICTING_UPDATE_PRESENT");
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.parameters()).containsEntry("conflicts", List.of("XS82E002"));
                });
    }

    @Test
    void blocksWhatTheFeedNamesButDoesNotDescribe() {
        assertThat(judge(TestPool.of(1), sequence(leaving(Why.NOT_DESCRIBED))))
                .extracting(PrecheckRow::code)
                .containsExactly("UPDATE_NOT_DESCRIBED");
    }

    @Test
    void blocksWhatMustBeUploadedFirstOnceForThePool() {
        assertThat(judge(TestPool.of(2), sequence(updates(OTHER), updates(OTHER))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.code()).isEqualTo("UPDATE_NOT_UPLOADED");
                    assertThat(row.scope()).isEqualTo(Scope.POOL);
                    assertThat(row.title()).contains("XS82E002", "lab");
                });
        assertThat(judge(TestPool.of(1).imageGone(), sequence(updates(TestPool.UPDATE))))
                .extracting(PrecheckRow::code)
                .containsExactly("UPDATE_NOT_UPLOADED");
    }

    @Test
    void warnsOfHostsThatEndWithDifferentUpdates() {
        assertThat(judge(TestPool.of(3).appliedOn(0), sequence(updates(), updates(TestPool.UPDATE))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.code()).isEqualTo("POOL_NOT_HOMOGENEOUS");
                    assertThat(row.severity()).isEqualTo(Severity.WARNING);
                    assertThat(row.parameters()).containsEntry("lacking", List.of("host-2"));
                });
    }
}
