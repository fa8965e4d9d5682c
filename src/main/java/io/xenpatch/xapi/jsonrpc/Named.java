package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.VmUuid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that stands for the reference of an object.
 *
 * @param uuid null for the only object of its class
 */
record Named(String type, @Nullable UUID uuid) {

    static Named pool() {
        return new Named("pool", null);
    }

    static Named of(HostUuid host) {
        return new Named("host", host.value());
    }

    static Named of(VmUuid vm) {
        return new Named("VM", vm.value());
    }

    static Named of(UpdateUuid update) {
        return new Named("pool_update", update.value());
    }

    static Named of(PbdUuid pbd) {
        return new Named("PBD", pbd.value());
    }

    static Named of(VbdUuid vbd) {
        return new Named("VBD", vbd.value());
    }

    static Named of(SrUuid sr) {
        return new Named("SR", sr.value());
    }

    static Named of(VdiUuid vdi) {
        return new Named("VDI", vdi.value());
    }
}
