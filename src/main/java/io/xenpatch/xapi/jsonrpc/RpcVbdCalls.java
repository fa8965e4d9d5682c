package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.VbdCalls;
import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;

final class RpcVbdCalls implements VbdCalls {
    private final Calls calls;

    RpcVbdCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public XapiTaskRef eject(VbdUuid drive) {
        return calls.start("VBD.eject", Named.of(drive));
    }

    @Override
    public XapiTaskRef insert(VbdUuid drive, VdiUuid disc) {
        return calls.start("VBD.insert", Named.of(drive), Named.of(disc));
    }
}
