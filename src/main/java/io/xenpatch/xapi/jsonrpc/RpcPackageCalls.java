package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.PackageCalls;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Map;

final class RpcPackageCalls implements PackageCalls {
    private static final String PLUGIN = "updater.py";

    private final Calls calls;

    RpcPackageCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public XapiTaskRef checkUpdate(HostUuid host) {
        return plugin(host, "check_update");
    }

    @Override
    public XapiTaskRef update(HostUuid host) {
        return plugin(host, "update");
    }

    private XapiTaskRef plugin(HostUuid host, String function) {
        return calls.start("host.call_plugin", Named.of(host), PLUGIN, function, Map.of());
    }

    @Override
    public void write(HostUuid host, String key, String value) {
        try {
            replace(host, key, value);
        } catch (XapiFailure.Refused refused) {
            if (!"MAP_DUPLICATE_KEY".equals(refused.code())) {
                throw refused;
            }
            // another client wrote it in between
            replace(host, key, value);
        }
    }

    /** XAPI adds no key that is there, and removes one that is not. */
    private void replace(HostUuid host, String key, String value) {
        calls.perform("host.remove_from_other_config", Named.of(host), key);
        calls.perform("host.add_to_other_config", Named.of(host), key, value);
    }
}
