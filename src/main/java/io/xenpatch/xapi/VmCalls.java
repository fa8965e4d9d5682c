package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;

/** XAPI class {@code VM}. */
public interface VmCalls {

    /** Live-migrates within the pool. */
    @XapiCall(value = "VM.pool_migrate", effect = Effect.ONCE)
    XapiTaskRef migrate(VmUuid vm, HostUuid target);

    /** Saves the memory of a running guest and stops it; takes as long as it has memory. */
    @XapiCall(value = "VM.suspend", effect = Effect.ONCE)
    XapiTaskRef suspend(VmUuid vm);

    /** Resumes a suspended guest where the server wants to. */
    @XapiCall(value = "VM.resume", effect = Effect.ONCE)
    XapiTaskRef resume(VmUuid vm);

    @XapiCall(value = "VM.resume_on", effect = Effect.ONCE)
    XapiTaskRef resumeOn(VmUuid vm, HostUuid host);

    /** Asks the guest to shut itself down. */
    @XapiCall(value = "VM.clean_shutdown", effect = Effect.ONCE)
    XapiTaskRef cleanShutdown(VmUuid vm);

    /** Cuts the guest's power. */
    @XapiCall(value = "VM.hard_shutdown", effect = Effect.ONCE)
    XapiTaskRef hardShutdown(VmUuid vm);

    /** Starts a halted guest where the server wants to. */
    @XapiCall(value = "VM.start", effect = Effect.ONCE)
    XapiTaskRef start(VmUuid vm);

    @XapiCall(value = "VM.start_on", effect = Effect.ONCE)
    XapiTaskRef startOn(VmUuid vm, HostUuid host);

    /** One key of the guest's {@code other_config}. Two calls: in between, the key is absent. */
    @XapiCall(value = "VM.add_to_other_config", also = "VM.remove_from_other_config", effect = Effect.IDEMPOTENT)
    void setOtherConfig(VmUuid vm, String key, String value);

    @XapiCall(value = "VM.clean_reboot", effect = Effect.ONCE)
    XapiTaskRef cleanReboot(VmUuid vm);

    /** Gives a running guest new device models where it is, by a migration to its own host (from 23.30). */
    @XapiCall(value = "VM.restart_device_models", effect = Effect.ONCE)
    XapiTaskRef restartDeviceModels(VmUuid vm);
}
