package io.xenpatch.job;

import io.xenpatch.plan.RecoveryLimits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a job waits, and for what; every wait ends with a failure that says what state things are in.
 *
 * @param startPatience how long a pool may wait for its turn (P5.2)
 * @param unreachableBeforeStart how long a pool may stay silent before its first host is touched
 * @param poolAnswers how long it may stay silent later
 * @param heldUp how long a host may wait for what passes by itself, such as a host that is not live or tasks of others, before it starts
 * @param evacuationCheck for the server's word on who can't leave a host
 * @param foreignTasks for others' tasks that a restart would break (R16)
 * @param disable for a host to be disabled
 * @param evacuate for a host to be empty
 * @param apply for the update to be applied
 * @param applyVisible until the host lists an update that was applied
 * @param restartToolstack for a restarted toolstack to answer
 * @param reboot for a host to boot again
 * @param hostLive for a host that has booted to be live
 * @param storage for its storage to be attached (R19)
 * @param plugAfter how long storage may attach by itself before it is plugged
 * @param plugEvery least time between two such tries
 * @param enable for a host to be enabled
 * @param selfEnable how long a host that is to stay disabled may take after a restart to enable itself (R27)
 * @param restoreVms for the guests of a host to come home (R23)
 * @param restartVm for a VM to be restarted, or for its device model (R10)
 * @param makeFix for a fix to be made; a VM is cut off only after that (R35)
 * @param revertFix for a fix to be taken back (R34)
 * @param suspendVm for what takes its time among them: a VM to be suspended or resumed, a host to be switched on, updates to be fetched
 * @param vmsAtOnce guests that come home, or are restarted, at the same time, from 1
 * @param vmTries how often a guest's way home is tried, from 1
 * @param vmTryEvery least time between two tries of one guest
 */
@ConfigurationProperties("xenpatch.job")
record JobSettings(
        @DefaultValue("4h") Duration startPatience,
        @DefaultValue("2m") Duration unreachableBeforeStart,
        @DefaultValue("30m") Duration poolAnswers,
        @DefaultValue("10m") Duration heldUp,
        @DefaultValue("3m") Duration evacuationCheck,
        @DefaultValue("30m") Duration foreignTasks,
        @DefaultValue("10m") Duration disable,
        @DefaultValue("4h") Duration evacuate,
        @DefaultValue("1h") Duration apply,
        @DefaultValue("2m") Duration applyVisible,
        @DefaultValue("10m") Duration restartToolstack,
        @DefaultValue("30m") Duration reboot,
        @DefaultValue("30m") Duration hostLive,
        @DefaultValue("10m") Duration storage,
        @DefaultValue("2m") Duration plugAfter,
        @DefaultValue("1m") Duration plugEvery,
        @DefaultValue("10m") Duration enable,
        @DefaultValue("2m") Duration selfEnable,
        @DefaultValue("30m") Duration restoreVms,
        @DefaultValue("15m") Duration restartVm,
        @DefaultValue("10m") Duration makeFix,
        @DefaultValue("10m") Duration revertFix,
        @DefaultValue("1h") Duration suspendVm,
        @DefaultValue("3") int vmsAtOnce,
        @DefaultValue("25") int vmTries,
        @DefaultValue("5s") Duration vmTryEvery) {

    /** @throws IllegalArgumentException when a limit is not above zero */
    JobSettings {
        Map.ofEntries(
                        Map.entry("start-patience", startPatience),
                        Map.entry("unreachable-before-start", unreachableBeforeStart),
                        Map.entry("pool-answers", poolAnswers),
                        Map.entry("held-up", heldUp),
                        Map.entry("evacuation-check", evacuationCheck),
                        Map.entry("foreign-tasks", foreignTasks),
                        Map.entry("disable", disable),
                        Map.entry("evacuate", evacuate),
                        Map.entry("apply", apply),
                        Map.entry("apply-visible", applyVisible),
                        Map.entry("restart-toolstack", restartToolstack),
                        Map.entry("reboot", reboot),
                        Map.entry("host-live", hostLive),
                        Map.entry("storage", storage),
                        Map.entry("plug-after", plugAfter),
                        Map.entry("plug-every", plugEvery),
                        Map.entry("enable", enable),
                        Map.entry("self-enable", selfEnable),
                        Map.entry("restore-vms", restoreVms),
                        Map.entry("restart-vm", restartVm),
                        Map.entry("make-fix", makeFix),
                        Map.entry("revert-fix", revertFix),
                        Map.entry("suspend-vm", suspendVm),
                        Map.entry("vms-at-once", Duration.ofSeconds(vmsAtOnce)),
                        Map.entry("vm-tries", Duration.ofSeconds(vmTries)),
                        Map.entry("vm-try-every", vmTryEvery))
                .forEach((name, value) -> {
                    if (value.isNegative() || value.isZero()) {
                        throw new IllegalArgumentException("xenpatch.job." + name + " must be above 0");
                    }
                });
    }

    /** The waits of single calls; how often they are repeated is no setting. */
    RecoveryLimits recovery() {
        return RecoveryLimits.defaults().waiting(disable, evacuate, apply, restartToolstack, reboot, enable);
    }

    /** A length in words, "30 minutes" or "90 seconds". */
    static String words(Duration length) {
        return length.toSecondsPart() == 0 && !length.isZero()
                ? counted(length.toMinutes(), "minute")
                : counted(length.toSeconds(), "second");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
