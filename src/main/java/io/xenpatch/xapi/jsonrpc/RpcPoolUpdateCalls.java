package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.PoolUpdateCalls;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.XapiTaskRef;

final class RpcPoolUpdateCalls implements PoolUpdateCalls {
    private final Calls calls;

    RpcPoolUpdateCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public XapiTaskRef precheck(UpdateUuid update, HostUuid host) {
        return calls.start("pool_update.precheck", Named.of(update), Named.of(host));
    }

    @Override
    public XapiTaskRef apply(UpdateUuid update, HostUuid host) {
        return calls.start("pool_update.apply", Named.of(update), Named.of(host));
    }
}
