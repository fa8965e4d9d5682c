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
    public XapiTaskRef suspend(VmUuid vm) {
        return calls.start("VM.suspend", Named.of(vm));
    }

    @Override
    public XapiTaskRef resume(VmUuid vm) {
        return calls.start("VM.resume", Named.of(vm), false, false);
    }

    @Override
    public XapiTaskRef resumeOn(VmUuid vm, HostUuid host) {
        return calls.start("VM.resume_on", Named.of(vm), Named.of(host), false, false);
    }

    @Override
    public XapiTaskRef cleanShutdown(VmUuid vm) {
        return calls.start("VM.clean_shutdown", Named.of(vm));
    }

    @Override
    public XapiTaskRef hardShutdown(VmUuid vm) {
        return calls.start("VM.hard_shutdown", Named.of(vm));
    }

    @Override
    public XapiTaskRef start(VmUuid vm) {
        return calls.start("VM.start", Named.of(vm), false, false);
    }

    @Override
    public XapiTaskRef startOn(VmUuid vm, HostUuid host) {
        return calls.start("VM.start_on", Named.of(vm), Named.of(host), false, false);
    }

    @Override
    public void setOtherConfig(VmUuid vm, String key, String value) {
        calls.perform("VM.remove_from_other_config", Named.of(vm), key);
        calls.perform("VM.add_to_other_config", Named.of(vm), key, value);
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
