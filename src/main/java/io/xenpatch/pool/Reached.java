package io.xenpatch.pool;

import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xen.PoolSnapshot;
import java.util.List;

/** A pool that was just read over a connection of its own, and how to reach it again. */
record Reached(PoolSnapshot snapshot, PoolAccess access) {

    /** Gives hosts that were only tried at an address the endpoints back that are known of them. */
    Reached withFormerEndpoints(Endpoint tried, List<HostPin> former) {
        var pins = access.pins().stream()
                .map(pin -> pin.endpoint().equals(tried)
                        ? new HostPin(pin.host(), endpoint(pin, former), pin.sha256())
                        : pin)
                .toList();
        return new Reached(snapshot, new PoolAccess(access.endpoint(), access.credentials(), pins, access.expected()));
    }

    private static Endpoint endpoint(HostPin pin, List<HostPin> former) {
        return former.stream()
                .filter(known -> known.host().equals(pin.host()))
                .map(HostPin::endpoint)
                .findFirst()
                .orElse(pin.endpoint());
    }
}
