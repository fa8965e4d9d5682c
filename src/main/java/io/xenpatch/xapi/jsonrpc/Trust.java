package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
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
    /** Where a stranger has read something: looked at before a password is sent there again. */
    private final Set<Endpoint> suspicious = ConcurrentHashMap.newKeySet();

    private volatile List<HostPin> pins;

    Trust(PoolAccess access) {
        this.pins = access.pins();
        this.expected = access.expected();
    }

    /**
     * Whether a look at the certificate must come before a password is sent there: at the first contact, when nothing is known yet, and
     * where a stranger answered, whose idle connection may still be open.
     */
    boolean mustLookFirst(Endpoint endpoint) {
        return suspicious.contains(endpoint) || (endpoint.tls() && pins.isEmpty() && !firstSeen.containsKey(endpoint));
    }

    /** Remembers where a certificate was refused only after something was sent. */
    void note(Endpoint endpoint, XapiFailure failure) {
        if (failure instanceof XapiFailure.CertificateRefused refused && refused.mayHaveHappened()) {
            suspicious.add(endpoint);
        }
    }

    /** Judges the certificate that a look has shown. @throws XapiFailure.CertificateRefused when it is not the right one */
    void meet(Endpoint endpoint, String presented) {
        if (suspicious.contains(endpoint)) {
            if (!acceptedAt(endpoint).contains(presented)) {
                throw new XapiFailure.CertificateRefused(
                        endpoint + " presents a certificate that is not accepted there", presented);
            }
            suspicious.remove(endpoint);
            return;
        }
        if (expected != null && !expected.equals(presented)) {
            throw new XapiFailure.CertificateRefused(
                    endpoint + " presents another certificate than the expected one", presented);
        }
        firstSeen.put(endpoint, presented);
    }

    /** A host's own pin where one is known for that address, else any of the pool's. */
    Set<String> acceptedAt(Endpoint endpoint) {
        var own = pins.stream()
                .filter(pin -> pin.endpoint().equals(endpoint))
                .map(HostPin::sha256)
                .collect(Collectors.toSet());
        if (own.isEmpty()) {
            pins.forEach(pin -> own.add(pin.sha256()));
            own.addAll(firstSeen.values());
        }
        return own;
    }

    /** Replaces the pins of these hosts and keeps those of the others, where the pool still has them. */
    void learn(List<HostPin> announced, Set<io.xenpatch.xen.HostUuid> hosts) {
        var byHost = new LinkedHashMap<io.xenpatch.xen.HostUuid, HostPin>();
        pins.forEach(pin -> byHost.put(pin.host(), pin));
        announced.forEach(pin -> byHost.put(pin.host(), pin));
        byHost.keySet().retainAll(hosts);
        pins = List.copyOf(byHost.values());
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
