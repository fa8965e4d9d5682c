package io.xenpatch.plan;

import io.xenpatch.xen.HostSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a step found RUNNING.
 *
 * @param type of a step that is one call
 * @param hostName for people
 * @param content what the step applies; null where it applies nothing
 * @param now by the clock that dated the intents
 * @param firstIntentAt when the intent of the step's first call was committed
 * @param intentAt when the intent of the latest call was committed
 * @param attempts how many intents there were, 1 at least
 * @param call the latest call
 * @param task the latest call's task
 * @param otherTask whether any other unfinished task of this method, dated since the intent (less 2 s, server clock), exists
 * @param host null while the pool or the host's record can't be read
 * @param before how the host was when the first intent was committed
 */
public record StepSituation(
        StepType type,
        String hostName,
        @Nullable UpdateContent content,
        Instant now,
        Instant firstIntentAt,
        Instant intentAt,
        int attempts,
        CallFate call,
        TaskFate task,
        boolean otherTask,
        @Nullable HostNow host,
        HostBefore before,
        RecoveryLimits limits) {

    /** @throws IllegalArgumentException when a step of this type is no single call, or there was no intent */
    public StepSituation {
        limits.of(type);
        if (attempts < 1) {
            throw new IllegalArgumentException("A step found running has an intent");
        }
    }

    /**
     * @param answers the host itself answered {@code host.get_servertime} now; the record alone may be stale (R20)
     * @param residentGuests guests that are on it and must go
     */
    public record HostNow(HostSnapshot snapshot, boolean answers, int residentGuests) {

        boolean isGoingDown() {
            return snapshot.isBusyWith("reboot") || snapshot.isBusyWith("shutdown");
        }

        boolean isAway() {
            return !snapshot.live() || isGoingDown();
        }
    }

    /**
     * The times are null when the server did not say.
     *
     * @param serverTime the server's clock at the first intent
     */
    public record HostBefore(
            boolean enabled,
            @Nullable Instant bootedAt,
            @Nullable Instant toolstackStartedAt,
            @Nullable Instant serverTime) {}

    /** Whether the host shows what the step applies. */
    boolean isApplied(HostSnapshot on) {
        Instant since = before.serverTime() == null ? firstIntentAt : before.serverTime();
        return content != null && content.isOn(on, since);
    }

    Duration sinceIntent() {
        return Duration.between(intentAt, now);
    }

    Duration sinceFirstIntent() {
        return Duration.between(firstIntentAt, now);
    }

    boolean certainlyNotHappened() {
        return call == CallFate.NOT_HAPPENED;
    }

    /** What the server said of the call itself; empty when nobody knows how it ended (R22). */
    Optional<TaskFate.Failed> failure() {
        return task.<Optional<TaskFate.Failed>>fold(
                        Optional::empty, Optional::empty, Optional::empty, Optional::of, Optional::empty)
                .filter(failed -> !failed.saysNothing());
    }

    /** When waiting ends: calls that are made once are waited for one by one, the others all together. */
    Instant waitsUntil() {
        boolean once = switch (type) {
            case APPLY_UPDATE, RESTART_TOOLSTACK, REBOOT -> !certainlyNotHappened();
            default -> false;
        };
        return (once ? intentAt : firstIntentAt).plus(limits.of(type));
    }
}
