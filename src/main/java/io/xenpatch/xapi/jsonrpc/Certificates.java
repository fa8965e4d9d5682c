package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.Fingerprint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns the certificates of a pool's hosts from its trusted coordinator (R38). A host that does not answer keeps its pin. */
final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    /** The question is forwarded to the host, and a dead one keeps it for more than a minute. */
    private static final Duration PER_HOST = Duration.ofSeconds(3);

    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
    private static final int AT_ONCE = 4;

    private final Calls calls;
    private final Map<HostUuid, Deadline> askedInVain = new ConcurrentHashMap<>();

    Certificates(Calls calls) {
        this.calls = calls;
    }

    /** The pins of all hosts, after all were asked. */
    CompletableFuture<List<HostPin>> learnAll(Deadline deadline) {
        return calls.readLater(deadline, "host.get_all_records", RecordType.HOST.allRecords())
                .thenCompose(hosts -> {
                    calls.learnHosts(hosts);
                    var addresses = new LinkedHashMap<HostUuid, String>();
                    hosts.values()
                            .forEach(host -> addresses.put(HostUuid.of(host.uuid()), Snapshots.text(host.address())));
                    return learn(addresses, addresses.keySet(), deadline);
                });
    }

    /** Asks the hosts that have no pin yet, one that did not answer at most once a minute. */
    CompletableFuture<List<HostPin>> learnUnknown(List<HostSnapshot> hosts, Deadline deadline) {
        var pinned = trust().pins().stream().map(HostPin::host).collect(Collectors.toSet());
        var unknown = new LinkedHashMap<HostUuid, String>();
        hosts.stream()
                .filter(host -> host.live() && !pinned.contains(host.uuid()))
                .filter(host -> askedInVain
                        .getOrDefault(host.uuid(), Deadline.in(Duration.ZERO))
                        .isOver())
                .forEach(host -> unknown.put(host.uuid(), host.address()));
        return learn(unknown, hosts.stream().map(HostSnapshot::uuid).collect(Collectors.toSet()), deadline);
    }

    private CompletableFuture<List<HostPin>> learn(Map<HostUuid, String> asked, Set<HostUuid> all, Deadline deadline) {
        var endpoint = calls.connection().sessions().endpoint();
        if (!endpoint.tls()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return askInTurns(List.copyOf(asked.keySet()), deadline).thenApply(told -> {
            var announced = told.entrySet().stream()
                    .map(host -> new HostPin(
                            host.getKey(),
                            calls.connection().sessions().endpoint().at(asked.getOrDefault(host.getKey(), "")),
                            fingerprint(host.getValue())))
                    .toList();
            trust().learn(announced, all);
            return trust().pins();
        });
    }

    /** Until when the certificates are valid that hosts tell themselves; one that does not answer is absent. */
    CompletableFuture<Map<HostUuid, Instant>> ends(List<HostUuid> hosts, Deadline deadline) {
        return askInTurns(hosts, deadline).thenApply(told -> {
            var ends = new LinkedHashMap<HostUuid, Instant>();
            told.forEach((host, certificate) ->
                    ends.put(host, certificate.getNotAfter().toInstant()));
            return ends;
        });
    }

    /** A few at a time: every question has a connection of its own. */
    private CompletableFuture<Map<HostUuid, X509Certificate>> askInTurns(List<HostUuid> asked, Deadline deadline) {
        var now = asked.subList(0, Math.min(AT_ONCE, asked.size()));
        var told = new ConcurrentHashMap<HostUuid, X509Certificate>();
        var questions = now.stream()
                .map(host -> ask(host, deadline.within(PER_HOST))
                        .thenAccept(certificate -> certificate.ifPresent(leaf -> told.put(host, leaf))))
                .toList();
        return CompletableFuture.allOf(questions.toArray(CompletableFuture[]::new))
                .thenCompose(done -> asked.size() <= AT_ONCE
                        ? CompletableFuture.completedFuture(Map.copyOf(told))
                        : askInTurns(asked.subList(AT_ONCE, asked.size()), deadline)
                                .thenApply(more -> {
                                    told.putAll(more);
                                    return Map.copyOf(told);
                                }));
    }

    private CompletableFuture<Optional<X509Certificate>> ask(HostUuid host, Deadline deadline) {
        return calls.readLater(deadline, "host.get_server_certificate", JsonRpc.as(String.class), Named.of(host))
                .thenApply(pem -> Optional.of(leaf(pem)))
                .exceptionally(failure -> {
                    LOG.debug("Host {} does not tell its certificate", host, failure);
                    askedInVain.put(host, Deadline.in(ASK_AGAIN));
                    return Optional.empty();
                });
    }

    static String fingerprint(String pem) {
        return fingerprint(leaf(pem));
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return Fingerprint.of(certificate);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without DER form", e);
        }
    }

    /** The leaf is the first certificate of a PEM text. */
    private static X509Certificate leaf(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("no certificate in PEM form", e);
        }
    }

    private Trust trust() {
        return calls.connection().trust();
    }
}
