package io.xenpatch.xapi;

import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;

/** XAPI class {@code VBD}: guests' drives. */
public interface VbdCalls {

    /** Takes the disc out of a drive; a drive without one refuses that ({@code VBD_IS_EMPTY}). */
    @XapiCall(value = "VBD.eject", effect = Effect.ONCE)
    XapiTaskRef eject(VbdUuid drive);

    /** Puts a disc into an empty drive. */
    @XapiCall(value = "VBD.insert", effect = Effect.ONCE)
    XapiTaskRef insert(VbdUuid drive, VdiUuid disc);
}
