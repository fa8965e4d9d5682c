package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.VmCalls;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Map;

final class RpcVmCalls implements VmCalls {
    private final Calls calls;

    RpcVmCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public XapiTaskRef migrate(VmUuid vm, HostUuid target) {
        return calls.start("VM.pool_migrate", Named.of(vm), Named.of(target), Map.of("live", "true"));
    }

    @Override
    public XapiTaskRef cleanReboot(VmUuid vm) {
        return calls.start("VM.clean_reboot", Named.of(vm));
    }

    @Override
    public XapiTaskRef restartDeviceModels(VmUuid vm) {
        return calls.start("VM.restart_device_models", Named.of(vm));
    }
}
