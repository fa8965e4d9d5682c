package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;

/** XAPI class {@code VM}. */
public interface VmCalls {

    /** Live-migrates within the pool. */
    @XapiCall(value = "VM.pool_migrate", effect = Effect.ONCE)
    XapiTaskRef migrate(VmUuid vm, HostUuid target);

    @XapiCall(value = "VM.clean_reboot", effect = Effect.ONCE)
    XapiTaskRef cleanReboot(VmUuid vm);

    /** Gives a running guest new device models where it is, by a migration to its own host (from 23.30). */
    @XapiCall(value = "VM.restart_device_models", effect = Effect.ONCE)
    XapiTaskRef restartDeviceModels(VmUuid vm);
}
