package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.Fingerprint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        if (!calls.connection().sessions().endpoint().tls()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return askInTurns(List.copyOf(asked.entrySet()), deadline).thenApply(announced -> {
            trust().learn(announced, all);
            return trust().pins();
        });
    }

    /** A few at a time: every question has a connection of its own. */
    private CompletableFuture<List<HostPin>> askInTurns(List<Map.Entry<HostUuid, String>> asked, Deadline deadline) {
        var now = asked.subList(0, Math.min(AT_ONCE, asked.size())).stream()
                .map(host -> ask(host.getKey(), host.getValue(), deadline.within(PER_HOST)))
                .toList();
        return CompletableFuture.allOf(now.toArray(CompletableFuture[]::new)).thenCompose(done -> {
            var pins =
                    now.stream().flatMap(question -> question.join().stream()).toList();
            return asked.size() <= AT_ONCE
                    ? CompletableFuture.completedFuture(pins)
                    : askInTurns(asked.subList(AT_ONCE, asked.size()), deadline)
                            .thenApply(more ->
                                    Stream.concat(pins.stream(), more.stream()).toList());
        });
    }

    private CompletableFuture<Optional<HostPin>> ask(HostUuid host, String address, Deadline deadline) {
        return calls.readLater(deadline, "host.get_server_certificate", JsonRpc.as(String.class), Named.of(host))
                .thenApply(pem -> Optional.of(new HostPin(
                        host, calls.connection().sessions().endpoint().at(address), fingerprint(pem))))
                .exceptionally(failure -> {
                    LOG.debug("Host {} does not tell its certificate", host, failure);
                    askedInVain.put(host, Deadline.in(ASK_AGAIN));
                    return Optional.empty();
                });
    }

    /** The leaf is the first certificate of a PEM text. */
    static String fingerprint(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return Fingerprint.of(CertificateFactory.getInstance("X.509").generateCertificate(bytes));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("no certificate in PEM form", e);
        }
    }

    private Trust trust() {
        return calls.connection().trust();
    }
}
