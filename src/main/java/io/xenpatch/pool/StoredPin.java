package io.xenpatch.pool;

import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xen.HostUuid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pin as the row of its pool keeps it.
 *
 * @param confirmed true where a person confirmed it although the pool tells of another certificate (a proxy in front of the host, for
 *     example): what the pool tells does not replace it
 */
record StoredPin(
        UUID hostUuid,
        String host,
        int port,
        boolean tls,
        String sha256,
        @Nullable Boolean confirmed) {

    static StoredPin of(HostPin pin) {
        return new StoredPin(
                pin.host().value(),
                pin.endpoint().host(),
                pin.endpoint().port(),
                pin.endpoint().tls(),
                pin.sha256(),
                null);
    }

    StoredPin confirmedAs(String fingerprint) {
        return new StoredPin(hostUuid, host, port, tls, fingerprint, true);
    }

    boolean isConfirmed() {
        return Boolean.TRUE.equals(confirmed);
    }

    HostPin toPin() {
        return new HostPin(new HostUuid(hostUuid), new Endpoint(host, port, tls), sha256);
    }
}
