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
        "WAITING, PRECHECKING CANCELLED REJECTED SKIPPED",
        "PRECHECKING, RUNNING REVERTING REJECTED FAILED CANCELLED SUCCEEDED",
        "RUNNING, WAITING PAUSED CANCELLING REVERTING SUCCEEDED FAILED",
        "PAUSED, RUNNING CANCELLING FAILED",
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

    @ParameterizedTest(name = "{0}, scheduled {1} -> {2}")
    @CsvSource({
        "WAITING, false, QUEUED",
        "WAITING, true, SCHEDULED",
        "WAITING SUCCEEDED, true, RUNNING",
        "PRECHECKING WAITING, false, PRECHECKING",
        "PRECHECKING RUNNING, false, RUNNING",
        "REVERTING SUCCEEDED, false, RUNNING",
        "PAUSED SUCCEEDED, false, PAUSED",
        "PAUSED RUNNING, false, RUNNING",
        "CANCELLING RUNNING, false, CANCELLING",
        "SUCCEEDED, false, SUCCEEDED",
        "SUCCEEDED REJECTED, false, SUCCEEDED",
        "REJECTED REJECTED, false, REJECTED",
        "FAILED CANCELLED SUCCEEDED, false, FAILED",
        "CANCELLED REJECTED SUCCEEDED, false, CANCELLED",
        "SUCCEEDED SKIPPED, false, SUCCEEDED"
    })
    void computesTheJobsStateFromItsPools(String pools, boolean scheduled, UpdateJobState expected) {
        List<PoolUpdateState> states =
                words(pools).stream().map(PoolUpdateState::valueOf).toList();

        assertThat(UpdateJobState.of(states, scheduled)).isEqualTo(expected);
        assertThat(expected.isTerminal()).isEqualTo(states.stream().allMatch(PoolUpdateState::isTerminal));
    }

    @Test
    void refusesAJobWithoutAPool() {
        assertThatThrownBy(() -> UpdateJobState.of(List.of(), false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> words(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }
}
