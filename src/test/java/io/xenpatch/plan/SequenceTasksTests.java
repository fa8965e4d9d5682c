package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.DecisionInputs.PoolLivePatching;
import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.UpdateTask;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SequenceTasksTests {

    @ParameterizedTest(name = "{0}: {1}, live patch {2}, mandatory {3}, after {4} -> now {5}, later {6}")
    @CsvFileSource(resources = "/tables/6.4-sequence-tasks.csv", delimiter = ';', numLinesToSkip = 1)
    void decidesTable64(
            String id,
            @Nullable String guidance,
            LivePatchStatus livePatch,
            String mandatory,
            @Nullable String before,
            @Nullable String now,
            @Nullable String after) {
        HostDecision decision = Decider.decide(new DecisionInputs(
                TestPool.host(0),
                words(guidance).map(Guidance::parse).collect(Collectors.toSet()),
                livePatch,
                new PoolLivePatching(true, true),
                List.of(),
                List.of(new Guest(TestPool.vm(0), GuestKind.PV), new Guest(TestPool.vm(1), GuestKind.HVM)),
                UpdatePolicy.defaults().deciding()));

        SequenceTasks tasks =
                new SequenceTasks(Set.of(), tasks(before)).after(decision.tasks(), mandatory.equals("yes"));

        assertThat(tasks.now()).isEqualTo(tasks(now));
        assertThat(tasks.delayed()).isEqualTo(tasks(after));
    }

    @Test
    void keepsALaterToolstackRestartAfterALivePatchedUpdate() {
        SequenceTasks tasks = SequenceTasks.NONE
                .after(Set.of(), false)
                .after(Set.of(UpdateTask.RESTART_TOOLSTACK), false)
                .after(Set.of(), true);

        assertThat(tasks.now()).isEmpty();
        assertThat(tasks.delayed()).containsExactly(UpdateTask.RESTART_TOOLSTACK);
    }

    private static Set<UpdateTask> tasks(@Nullable String text) {
        return words(text).map(UpdateTask::valueOf).collect(Collectors.toSet());
    }

    private static Stream<String> words(@Nullable String text) {
        return text == null ? Stream.of() : Arrays.stream(text.split(" "));
    }
}
