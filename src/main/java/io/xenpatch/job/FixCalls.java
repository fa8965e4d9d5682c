package io.xenpatch.job;

import io.xenpatch.plan.RefusalWords;
import io.xenpatch.plan.TaskFate;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of fixes: the intent committed first, then the call with no transaction open, then its task observed. A call whose fate
 * nobody knows is waited for until it must have shown; it may then be sent again, because what it does is decided from what the pool shows.
 */
final class FixCalls {
    private static final Logger LOG = LoggerFactory.getLogger(FixCalls.class);

    /** Call timeout and time to show. */
    private static final Duration SETTLE = Duration.ofSeconds(15);

    private FixCalls() {}

    /** Sends a call. A refusal is kept with the fix: whether it matters is seen at the next look. */
    static KeptFix send(Slice slice, KeptFix fix, Supplier<Optional<XapiTaskRef>> call) {
        KeptFix intent = fix.intent(slice.time());
        slice.save(slice.pool().with(intent));
        try {
            Optional<XapiTaskRef> task = slice.sending(call);
            return accepted(slice, task.map(intent::accepted).orElse(intent));
        } catch (XapiFailure.Refused refused) {
            return refused.mayHaveHappened()
                    ? intent
                    : saved(slice, intent.unsent(failure(fix, refused.code(), refused.parameters())));
        } catch (XapiFailure failure) {
            LOG.debug("{}: {}", fix.words(), failure.getMessage());
            return failure.mayHaveHappened() ? intent : saved(slice, intent.unsent(null));
        }
    }

    private static KeptFix accepted(Slice slice, KeptFix fix) {
        XapiTaskRef task = fix.task();
        slice.save(
                slice.pool().with(fix),
                slice.poolEvent(
                        "xapi-call.accepted",
                        task == null
                                ? Map.of(
                                        "fix", fix.words(), "state", fix.state().name())
                                : Map.of(
                                        "fix", fix.words(), "state", fix.state().name(), "task", task.value())));
        return fix;
    }

    private static KeptFix saved(Slice slice, KeptFix fix) {
        slice.save(slice.pool().with(fix));
        return fix;
    }

    /** Whether the latest call may still take effect. One that has failed, or must have shown long since, is no longer in its way. */
    static KeptFix look(Slice slice, KeptFix fix) {
        Instant intentAt = fix.intentAt();
        if (intentAt == null) {
            return fix;
        }
        XapiTaskRef task = fix.task();
        if (task == null) {
            return isOver(slice, intentAt, SETTLE) ? saved(slice, fix.unsent(null)) : fix;
        }
        XapiTask seen = slice.xapi().tasks().observe(task);
        if (seen instanceof XapiTask.Failed failed) {
            forget(slice, task);
            return saved(slice, fix.unsent(failure(fix, failed.code(), failed.parameters())));
        }
        boolean ended = seen instanceof XapiTask.Succeeded || seen instanceof XapiTask.OutcomeUnknown;
        return ended && isOver(slice, intentAt, fix.recorded().shows()) ? saved(slice, fix.unsent(null)) : fix;
    }

    private static boolean isOver(Slice slice, Instant since, Duration length) {
        return !slice.time().isBefore(since.plus(length));
    }

    /** Whether trying again can't help. */
    static boolean isFinal(KeptFix fix) {
        Failure failure = fix.failure();
        return failure != null
                && !failure.xapiError().isEmpty()
                && !new TaskFate.Failed(
                                failure.xapiError().get(0),
                                failure.xapiError()
                                        .subList(1, failure.xapiError().size()))
                        .isPassing();
    }

    /** A call that is given up should not take effect when nobody looks any more. */
    static void cancel(Slice slice, KeptFix fix) {
        XapiTaskRef task = fix.task();
        if (task == null || !slice.hasTimeForACall()) {
            return;
        }
        try {
            slice.xapi().tasks().cancel(task);
        } catch (XapiFailure failure) {
            LOG.debug("{} was not cancelled: {}", fix.words(), failure.getMessage());
        }
    }

    /** Finished tasks are tidied away; the server forgets the others by itself (xapi.md §3). */
    static void forget(Slice slice, KeptFix fix) {
        XapiTaskRef task = fix.task();
        if (task != null && slice.hasTimeForACall()) {
            forget(slice, task);
        }
    }

    private static void forget(Slice slice, XapiTaskRef task) {
        try {
            slice.xapi().tasks().destroy(task);
        } catch (XapiFailure gone) {
            LOG.debug("Task {} stays: {}", task, gone.getMessage());
        }
    }

    private static Failure failure(KeptFix fix, String code, List<String> parameters) {
        return new Failure(
                "FIX_REFUSED",
                ("The pool refused " + fix.words() + ": " + code + ". " + RefusalWords.of(code)).strip(),
                AssertEvacuable.error(new XapiTask.Failed(code, parameters)));
    }
}
