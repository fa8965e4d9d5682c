package io.xenpatch.xapi;

import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.XapiTaskRef;

/** XAPI class {@code PBD}. */
public interface PbdCalls {

    @XapiCall(value = "PBD.plug", effect = Effect.IDEMPOTENT)
    XapiTaskRef plug(PbdUuid pbd);
}
