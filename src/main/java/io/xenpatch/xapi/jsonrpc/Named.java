package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.VmUuid;
import java.util.UUID;

/** A parameter that stands for the reference of an object. */
record Named(String type, UUID uuid) {

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

    static Named of(VdiUuid vdi) {
        return new Named("VDI", vdi.value());
    }
}
