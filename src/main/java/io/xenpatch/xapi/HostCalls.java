package io.xenpatch.xapi;

import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** XAPI class {@code host}. Calls that change something answer the XAPI task that does it. */
public interface HostCalls {

    /** Reads one host now. */
    @XapiCall(value = "host.get_record", effect = Effect.READ)
    HostSnapshot observe(HostUuid host);

    /** The host's own clock, forwarded to it: the proof that it answers (R20). Limit 10 s. */
    @XapiCall(value = "host.get_servertime", effect = Effect.READ)
    Instant serverTime(HostUuid host);

    /** The next start of the host or of its toolstack enables it again. */
    @XapiCall(value = "host.disable", effect = Effect.IDEMPOTENT)
    XapiTaskRef disable(HostUuid host);

    /** The same until somebody enables the host, where this XAPI version can do that (from 25.31; R27). */
    @XapiCall(value = "host.disable", effect = Effect.IDEMPOTENT)
    XapiTaskRef disableUntilEnabled(HostUuid host);

    @XapiCall(value = "host.enable", effect = Effect.IDEMPOTENT)
    XapiTaskRef enable(HostUuid host);

    /** Moves every guest away, with the arguments that this XAPI version has (R24). Can't be cancelled. */
    @XapiCall(value = "host.evacuate", effect = Effect.ONCE)
    XapiTaskRef evacuate(HostUuid host);

    /** Reboots a disabled, empty host. The task only says that it was accepted (xapi.md §8.4). */
    @XapiCall(value = "host.reboot", effect = Effect.ONCE)
    XapiTaskRef reboot(HostUuid host);

    /** Switches a host on that is down, by the remote power control that it is set up with. The task ends when the host is live. */
    @XapiCall(value = "host.power_on", effect = Effect.ONCE)
    XapiTaskRef powerOn(HostUuid host);

    @XapiCall(value = "host.restart_agent", effect = Effect.ONCE)
    XapiTaskRef restartToolstack(HostUuid host);

    /**
     * Asks how much room the host has for updates (plugin {@code disk-space}); {@link #freeDiskSpace} reads the answer of the finished
     * task.
     */
    @XapiCall(value = "host.call_plugin", effect = Effect.ONCE)
    XapiTaskRef askFreeDiskSpace(HostUuid host);

    /**
     * The answer to {@link #askFreeDiskSpace}, in bytes.
     *
     * @throws XapiFailure.AnswerLost when it is no number
     */
    default long freeDiskSpace(XapiTask.Succeeded answer) {
        try {
            return Long.parseLong(answer.string().strip());
        } catch (NumberFormatException other) {
            throw new XapiFailure.AnswerLost("the plugin disk-space answers no number");
        }
    }

    /** Asks which guests prevent an evacuation; {@link #evacuationBlockers} reads the answer of the finished task. */
    @XapiCall(value = "host.get_vms_which_prevent_evacuation", effect = Effect.READ)
    XapiTaskRef askEvacuationBlockers(HostUuid host);

    /**
     * The answer to {@link #askEvacuationBlockers}: guest → XAPI's reason and its parameters; empty = nothing prevents it. Guests
     * that are gone by now are left out. The storage that {@code VM_REQUIRES_SR} names is given by its uuid, the network of
     * {@code VM_REQUIRES_NETWORK} by its name.
     */
    @XapiCall(value = "VM.get_uuid", effect = Effect.READ)
    Map<VmUuid, List<String>> evacuationBlockers(XapiTask.Succeeded answer);
}
