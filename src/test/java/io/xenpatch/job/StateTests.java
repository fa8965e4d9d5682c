package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateTests {

    /** Every pair: what is not named here must be refused. */
    @ParameterizedTest
    @CsvSource({
        "WAITING, PRECHECKING CANCELLED REJECTED FAILED SKIPPED",
        "PRECHECKING, WAITING RUNNING REVERTING REJECTED FAILED CANCELLED SUCCEEDED",
        "RUNNING, WAITING PAUSED CANCELLING REVERTING SUCCEEDED FAILED",
        "PAUSED, WAITING RUNNING CANCELLING REVERTING SUCCEEDED FAILED",
        "CANCELLING, REVERTING CANCELLED FAILED",
        "REVERTING, WAITING SUCCEEDED FAILED CANCELLED",
        "SUCCEEDED,",
        "REJECTED,",
        "FAILED,",
        "CANCELLED,",
        "SKIPPED,"
    })
    void movesAPoolUpdateOnlyToItsSuccessors(PoolUpdateState from, @Nullable String successors) {
        Set<PoolUpdateState> allowed = EnumSet.allOf(PoolUpdateState.class).stream()
                .filter(from::canMoveTo)
                .collect(Collectors.toSet());

        assertThat(allowed).extracting(Enum::name).containsExactlyInAnyOrderElementsOf(words(successors));
        assertThat(from.isTerminal()).isEqualTo(successors == null);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, IN_PROGRESS SKIPPED, false",
        "IN_PROGRESS, PENDING SUCCEEDED SKIPPED FAILED, false",
        "SUCCEEDED, PENDING, true",
        "SKIPPED, , true",
        "FAILED, , true"
    })
    void movesAHostUpdateOnlyToItsSuccessors(HostUpdateState from, @Nullable String successors, boolean isOver) {
        assertThat(Arrays.stream(HostUpdateState.values()).filter(from::canMoveTo))
                .extracting(Enum::name)
                .containsExactlyInAnyOrderElementsOf(words(successors));
        assertThat(from.isTerminal()).isEqualTo(isOver);
    }

    @ParameterizedTest
    @CsvSource({"PENDING, RUNNING SKIPPED", "RUNNING, SUCCEEDED SKIPPED FAILED", "SUCCEEDED,", "SKIPPED,", "FAILED,"})
    void movesAStepOnlyToItsSuccessors(StepState from, @Nullable String successors) {
        assertThat(Arrays.stream(StepState.values()).filter(from::canMoveTo))
                .extracting(Enum::name)
                .containsExactlyInAnyOrderElementsOf(words(successors));
        assertThat(from.isTerminal()).isEqualTo(successors == null);
    }

    @Test
    void occupiesThePoolFromPrecheckingToTheEndAlsoWhilePaused() {
        assertThat(Arrays.stream(PoolUpdateState.values()).filter(PoolUpdateState::occupiesPool))
                .containsExactly(
                        PoolUpdateState.PRECHECKING,
                        PoolUpdateState.RUNNING,
                        PoolUpdateState.PAUSED,
                        PoolUpdateState.CANCELLING,
                        PoolUpdateState.REVERTING);
    }

    @ParameterizedTest(name = "{0}, waiting for {1} -> {2}")
    @CsvSource({
        "WAITING, TURN, QUEUED",
        "WAITING, TIME, SCHEDULED",
        "WAITING, RESUME, PAUSED",
        "WAITING SUCCEEDED, TURN, RUNNING",
        "WAITING SUCCEEDED, TIME, SCHEDULED",
        "WAITING RUNNING, RESUME, RUNNING",
        "WAITING PAUSED, TIME, PAUSED",
        "PRECHECKING WAITING, TURN, PRECHECKING",
        "PRECHECKING RUNNING, TURN, RUNNING",
        "REVERTING SUCCEEDED, TURN, RUNNING",
        "PAUSED SUCCEEDED, TURN, PAUSED",
        "PAUSED RUNNING, TURN, RUNNING",
        "CANCELLING RUNNING, TURN, CANCELLING",
        "SUCCEEDED, TURN, SUCCEEDED",
        "SUCCEEDED REJECTED, TURN, SUCCEEDED",
        "REJECTED REJECTED, TURN, REJECTED",
        "FAILED CANCELLED SUCCEEDED, TURN, FAILED",
        "CANCELLED REJECTED SUCCEEDED, TURN, CANCELLED",
        "SUCCEEDED SKIPPED, TURN, SUCCEEDED"
    })
    void computesTheJobsStateFromItsPools(String pools, UpdateJobState.WaitingFor waiting, UpdateJobState expected) {
        List<PoolUpdateState> states =
                words(pools).stream().map(PoolUpdateState::valueOf).toList();

        assertThat(UpdateJobState.of(states, waiting)).isEqualTo(expected);
        assertThat(expected.isTerminal()).isEqualTo(states.stream().allMatch(PoolUpdateState::isTerminal));
    }

    @Test
    void refusesAJobWithoutAPool() {
        assertThatThrownBy(() -> UpdateJobState.of(List.of(), UpdateJobState.WaitingFor.TURN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> words(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }
}
