package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.PbdCalls;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.XapiTaskRef;

final class RpcPbdCalls implements PbdCalls {
    private final Calls calls;

    RpcPbdCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public XapiTaskRef plug(PbdUuid pbd) {
        return calls.start("PBD.plug", Named.of(pbd));
    }
}
