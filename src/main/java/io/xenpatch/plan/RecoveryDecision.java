package io.xenpatch.plan;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What to do with a step found RUNNING: it is observed, never repeated blindly (ARCHITECTURE "Recovery", R20, R21, R22). The same
 * decision serves a step whose owner is alive and one whose owner died.
 */
public sealed interface RecoveryDecision {

    /** The only way to a decision; knows no clock and asks nobody. */
    static RecoveryDecision of(StepSituation situation) {
        return Recovery.decide(situation);
    }

    /** Exactly one of these is called. */
    <T> T fold(Function<Done, T> done, Function<Wait, T> wait, Supplier<T> repeat, Function<Fail, T> fail);

    /** @param note what proves it, for the history */
    record Done(String note) implements RecoveryDecision {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Wait, T> wait, Supplier<T> repeat, Function<Fail, T> fail) {
            return done.apply(this);
        }
    }

    /**
     * @param why what is waited for
     * @param until when the same situation becomes a {@link Fail}, or is judged again
     */
    record Wait(String why, Instant until) implements RecoveryDecision {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Wait, T> wait, Supplier<T> repeat, Function<Fail, T> fail) {
            return wait.apply(this);
        }
    }

    /** Commit a new intent, then call again. */
    record Repeat() implements RecoveryDecision {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Wait, T> wait, Supplier<T> repeat, Function<Fail, T> fail) {
            return repeat.get();
        }
    }

    /**
     * @param code stable, for example {@code HOST_DID_NOT_RETURN}
     * @param detail the state the host is in and what a person can do
     */
    record Fail(String code, String detail) implements RecoveryDecision {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Wait, T> wait, Supplier<T> repeat, Function<Fail, T> fail) {
            return fail.apply(this);
        }
    }
}
