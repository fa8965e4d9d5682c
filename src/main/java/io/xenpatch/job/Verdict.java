package io.xenpatch.job;

import java.util.function.Function;

/** What to do with a step whose call may be out. */
sealed interface Verdict {

    <T> T fold(Function<Done, T> done, Function<Wait, T> wait, Function<Repeat, T> repeat, Function<Fail, T> fail);

    record Done() implements Verdict {
        @Override
        public <T> T fold(
                Function<Done, T> done, Function<Wait, T> wait, Function<Repeat, T> repeat, Function<Fail, T> fail) {
            return done.apply(this);
        }
    }

    record Wait(String why) implements Verdict {
        @Override
        public <T> T fold(
                Function<Done, T> done, Function<Wait, T> wait, Function<Repeat, T> repeat, Function<Fail, T> fail) {
            return wait.apply(this);
        }
    }

    record Repeat() implements Verdict {
        @Override
        public <T> T fold(
                Function<Done, T> done, Function<Wait, T> wait, Function<Repeat, T> repeat, Function<Fail, T> fail) {
            return repeat.apply(this);
        }
    }

    record Fail(String code, String detail) implements Verdict {
        @Override
        public <T> T fold(
                Function<Done, T> done, Function<Wait, T> wait, Function<Repeat, T> repeat, Function<Fail, T> fail) {
            return fail.apply(this);
        }
    }
}
