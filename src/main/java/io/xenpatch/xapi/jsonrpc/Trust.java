package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.HostUuid;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which certificates of a pool are accepted where (R38). */
final class Trust {
    private final @Nullable String expected;
    private final Map<Endpoint, String> firstSeen = new ConcurrentHashMap<>();
    private volatile List<HostPin> pins;

    Trust(PoolAccess access) {
        this.pins = access.pins();
        this.expected = access.expected();
    }

    /** Whether a look at the certificate must come before a password is sent there: at the first contact, when nothing is known. */
    boolean mustLookFirst(Endpoint endpoint) {
        return endpoint.tls() && pins.isEmpty() && !firstSeen.containsKey(endpoint);
    }

    /** Judges the certificate that a first look has shown. @throws XapiFailure.CertificateRefused when it is not the expected one */
    void meet(Endpoint endpoint, String presented) {
        if (expected != null && !expected.equals(presented)) {
            throw new XapiFailure.CertificateRefused(
                    endpoint + " presents another certificate than the expected one", presented);
        }
        firstSeen.put(endpoint, presented);
    }

    /**
     * Any of the pool's pins: hosts may have exchanged their addresses, and each may be given the pool's password. What was presented at
     * the first contact counts at its own address, until that address has a pin.
     */
    Set<String> acceptedAt(Endpoint endpoint) {
        var accepted = fingerprints();
        var first = firstSeen.get(endpoint);
        if (first != null && pins.stream().noneMatch(pin -> pin.endpoint().equals(endpoint))) {
            accepted.add(first);
        }
        return accepted;
    }

    /** Replaces the pins of these hosts and keeps those of the others, where the pool still has them. */
    void learn(List<HostPin> announced, Set<HostUuid> hosts) {
        var byHost = new LinkedHashMap<HostUuid, HostPin>();
        pins.forEach(pin -> byHost.put(pin.host(), pin));
        announced.forEach(pin -> byHost.put(pin.host(), pin));
        byHost.keySet().retainAll(hosts);
        var former = fingerprints();
        pins = List.copyOf(byHost.values());
        former.removeAll(fingerprints());
        firstSeen.values().removeAll(former);
    }

    private Set<String> fingerprints() {
        return pins.stream().map(HostPin::sha256).collect(Collectors.toCollection(HashSet::new));
    }

    List<HostPin> pins() {
        return pins;
    }

    /** What a new connection to the pool should expect while there are no pins. */
    @Nullable
    String expected() {
        return expected != null || firstSeen.isEmpty()
                ? expected
                : firstSeen.values().iterator().next();
    }

    void forget() {
        pins = List.of();
        firstSeen.clear();
    }
}
