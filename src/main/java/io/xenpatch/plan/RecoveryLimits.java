package io.xenpatch.plan;

import java.time.Duration;

/**
 * How long recovery waits and how often it repeats (R19 … R22, REQ-13).
 *
 * @param settle after the intent, how long the call may still be on its way without a trace: the lease in which a former owner
 *     could have sent it, the call's timeout, and the time until it shows
 * @param again at least between two calls of a step that may be repeated
 * @param callsAtOnce so many calls that certainly did not happen are followed by the next one at once
 * @param busy how long a host may answer that another operation is in progress
 * @param evacuations calls at most
 * @param applyQuiet without a sign of the apply, before it is sent once more (R22)
 * @param rebootQuiet after the intent, before a reboot may be proved not to have happened (R21)
 */
public record RecoveryLimits(
        Duration settle,
        Duration again,
        int callsAtOnce,
        Duration busy,
        Duration disable,
        Duration evacuate,
        int evacuations,
        Duration apply,
        Duration applyQuiet,
        Duration restartToolstack,
        Duration reboot,
        Duration rebootQuiet,
        Duration enable) {

    public static RecoveryLimits defaults() {
        return new RecoveryLimits(
                Duration.ofSeconds(25),
                Duration.ofSeconds(5),
                3,
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofHours(4),
                3,
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofMinutes(15),
                Duration.ofMinutes(10));
    }

    /** The same, but for other lengths of the waits themselves. */
    public RecoveryLimits waiting(
            Duration forDisable,
            Duration forEvacuate,
            Duration forApply,
            Duration forToolstack,
            Duration forReboot,
            Duration forEnable) {
        return new RecoveryLimits(
                settle,
                again,
                callsAtOnce,
                busy,
                forDisable,
                forEvacuate,
                evacuations,
                forApply,
                applyQuiet,
                forToolstack,
                forReboot,
                rebootQuiet,
                forEnable);
    }

    /** @throws IllegalArgumentException when a step of this type is no single call */
    Duration of(StepType type) {
        return switch (type) {
            case DISABLE_HOST -> disable;
            case EVACUATE -> evacuate;
            case APPLY_UPDATE -> apply;
            case RESTART_TOOLSTACK -> restartToolstack;
            case REBOOT -> reboot;
            case ENABLE_HOST -> enable;
            case ASSERT_EVACUABLE, FIX, VERIFY, AWAIT_HOST_LIVE, AWAIT_STORAGE, RESTORE_VMS, REVERT ->
                throw new IllegalArgumentException(type + " is no single call");
        };
    }
}
