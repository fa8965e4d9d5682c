package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.Answer;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PendingTask;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others do in a pool that a restart would break (R16). */
class TasksOfOthersTests {
    private static final String RUNNING = "TASKS_IN_PROGRESS";
    private static final String STALE = "STALE_TASKS";

    private static Judging rebooting(PendingTask... tasks) {
        return Judging.of(TestPool.of(2)).livePatch(LivePatchStatus.NONE).tasks(Answer.of(List.of(tasks)));
    }

    private static PendingTask export(int host, Duration age) {
        return new PendingTask("Async.VM.export", TestPool.host(host), age);
    }

    @ParameterizedTest
    @CsvSource({
        "PT12M, TASKS_IN_PROGRESS, for 12 min, Let it end",
        "PT3H, TASKS_IN_PROGRESS, for 3 h, Let it end",
        "P1D, TASKS_IN_PROGRESS, for 24 h, Let it end",
        "P1DT1S, STALE_TASKS, for 24 h, does not end any more"
    })
    void taskIsNamedWithItsHostAndAge(Duration age, String code, String told, String cure) {
        var judging = rebooting(export(1, age));

        assertThat(judging.rows(code)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.title()).isEqualTo("Task Async.VM.export is pending on host host-1 " + told);
            assertThat(row.detail()).contains(cure, "xe task-cancel");
            assertThat(row.parameters())
                    .containsEntry("task", "Async.VM.export")
                    .containsEntry("host", "host-1")
                    .containsEntry("minutes", age.toMinutes());
        });
        assertThat(judging.rows(RUNNING).size() + judging.rows(STALE).size()).isEqualTo(1);
        assertThat(judging.blocking()).isEmpty();
    }

    @Test
    void memberWaitsOnlyForWhatRunsOnIt() {
        var pool = TestPool.of(2).appliedOn(0);
        var elsewhere = new PendingTask("Async.SR.scan", null, Duration.ofMinutes(1));
        var judging = Judging.of(pool)
                .livePatch(LivePatchStatus.NONE)
                .targets(1)
                .tasks(Answer.of(List.of(export(0, Duration.ZERO), export(1, Duration.ZERO), elsewhere)));

        assertThat(judging.rows(RUNNING))
                .extracting(row -> row.parameters().get("host"))
                .containsExactly("host-1");
    }

    @Test
    void coordinatorWaitsForTheWholePoolAndForWhatRunsNobodyKnowsWhere() {
        var nowhere = new PendingTask("Async.SR.scan", null, Duration.ofMinutes(1));

        assertThat(rebooting(export(1, Duration.ZERO), nowhere).targets(0).rows(RUNNING))
                .extracting(row -> row.parameters().get("host"))
                .containsExactly("host-1", "unknown");
    }

    @Test
    void planThatRestartsNothingWaitsForNobody() {
        assertThat(Judging.of(TestPool.of(2))
                        .tasks(Answer.of(List.of(export(0, Duration.ofDays(2)))))
                        .rows())
                .noneMatch(row -> row.code().equals(RUNNING) || row.code().equals(STALE));
    }

    @Test
    void poolThatDoesNotTellItsTasksIsNotBlamed() {
        assertThat(rebooting()
                        .tasks(Answer.failed("MESSAGE_METHOD_UNKNOWN", List.of()))
                        .blocking())
                .isEmpty();
    }

    @Test
    void taskOnAHostThatIsDownIsNamedToo() {
        assertThat(rebooting(export(1, Duration.ofMinutes(1))).unreachable(1).rows(RUNNING))
                .hasSize(1);
    }
}
