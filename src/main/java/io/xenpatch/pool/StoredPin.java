package io.xenpatch.pool;

import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xen.HostUuid;
import java.util.UUID;

/** A pin as the row of its pool keeps it. */
record StoredPin(UUID hostUuid, String host, int port, boolean tls, String sha256) {

    static StoredPin of(HostPin pin) {
        return new StoredPin(
                pin.host().value(),
                pin.endpoint().host(),
                pin.endpoint().port(),
                pin.endpoint().tls(),
                pin.sha256());
    }

    HostPin toPin() {
        return new HostPin(new HostUuid(hostUuid), new Endpoint(host, port, tls), sha256);
    }
}
