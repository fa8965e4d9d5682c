package io.xenpatch.plan;

import io.xenpatch.xen.UpdaterRefusal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is known of the XAPI task that a step's call began. */
public sealed interface TaskFate {

    /** Exactly one of these is called. */
    <T> T fold(
            Supplier<T> none,
            Supplier<T> alive,
            Supplier<T> succeeded,
            Function<Failed, T> failed,
            Supplier<T> unknown);

    default boolean isAlive() {
        return fold(() -> false, () -> true, () -> false, failed -> false, () -> false);
    }

    /** The call has no task that we know of. */
    record None() implements TaskFate {
        @Override
        public <T> T fold(
                Supplier<T> none,
                Supplier<T> alive,
                Supplier<T> succeeded,
                Function<Failed, T> failed,
                Supplier<T> unknown) {
            return none.get();
        }
    }

    record Alive() implements TaskFate {
        @Override
        public <T> T fold(
                Supplier<T> none,
                Supplier<T> alive,
                Supplier<T> succeeded,
                Function<Failed, T> failed,
                Supplier<T> unknown) {
            return alive.get();
        }
    }

    record Succeeded() implements TaskFate {
        @Override
        public <T> T fold(
                Supplier<T> none,
                Supplier<T> alive,
                Supplier<T> succeeded,
                Function<Failed, T> failed,
                Supplier<T> unknown) {
            return succeeded.get();
        }
    }

    /**
     * @param code XAPI's error code; empty when the task ended with an empty {@code error_info}
     * @param parameters XAPI's parameters, as they are
     */
    record Failed(String code, List<String> parameters) implements TaskFate {

        private static final Set<String> PASSING =
                Set.of("HOST_STILL_BOOTING", "HOST_OFFLINE", "TOO_MANY_PENDING_TASKS");

        /** Of whatever another client of the pool does just now (xapi.md §7.8, step 3). */
        private static final String IN_PROGRESS = "_IN_PROGRESS";

        public Failed {
            parameters = List.copyOf(parameters);
        }

        /** The only true cancel (R22). */
        boolean isCancel() {
            return code.equals("TASK_CANCELLED");
        }

        /** The failure is that of the connection or of the task record, not of the call: observe (R22). */
        boolean saysNothing() {
            return code.isEmpty() || code.equals("CANNOT_CONTACT_HOST") || code.equals("HANDLE_INVALID");
        }

        /** The server did nothing, and may do it when asked again. */
        public boolean isPassing() {
            return PASSING.contains(code)
                    || code.endsWith(IN_PROGRESS)
                    || UpdaterRefusal.of(code, parameters).isBusy();
        }

        @Override
        public <T> T fold(
                Supplier<T> none,
                Supplier<T> alive,
                Supplier<T> succeeded,
                Function<Failed, T> failed,
                Supplier<T> unknown) {
            return failed.apply(this);
        }
    }

    /** The task is gone, or nobody will ever say how it ended. */
    record Unknown() implements TaskFate {
        @Override
        public <T> T fold(
                Supplier<T> none,
                Supplier<T> alive,
                Supplier<T> succeeded,
                Function<Failed, T> failed,
                Supplier<T> unknown) {
            return unknown.get();
        }
    }
}
