package io.xenpatch.egress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Which certificates are accepted at which {@code host:port} just now, and over which of several HTTP clients a request may go. An
 * HTTP client looks for an idle connection by host and port alone, so it must not have one there whose certificate the request does
 * not accept. What is accepted is what the requests under way name, and nothing else: a pin that was replaced or forgotten counts
 * from the next request on.
 */
final class AcceptedCertificates {
    private final ConcurrentHashMap<String, List<PeerUse>> byPeer = new ConcurrentHashMap<>();
    private final int clients;
    private final long idleNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong nextSweep;

    /**
     * @param clients how many there are at most
     * @param longestIdle after this time without a request a client has certainly closed its connection
     * @param nanoTime monotonic
     */
    AcceptedCertificates(int clients, Duration longestIdle, LongSupplier nanoTime) {
        this.clients = clients;
        this.idleNanos = longestIdle.toNanos();
        this.nanoTime = nanoTime;
        this.nextSweep = new AtomicLong(nanoTime.getAsLong() + idleNanos);
    }

    /**
     * Accepts these fingerprints, and no others, until the lease is ended.
     *
     * @throws TooManyTrusts when every client may have a connection there that must not be used
     */
    Lease accept(String host, int port, Set<String> fingerprints) {
        sweep();
        var peer = peer(host, port);
        var wanted = Set.copyOf(fingerprints);
        var chosen = new int[1];
        byPeer.compute(peer, (key, present) -> {
            var uses = present == null ? List.<PeerUse>of() : present;
            var client = client(peer, uses, wanted);
            var use = use(uses, client);
            chosen[0] = client;
            return with(uses, client, use.begun(wanted, isForgotten(use)));
        });
        return new Lease(chosen[0], () -> ended(peer, chosen[0]));
    }

    private int client(String peer, List<PeerUse> uses, Set<String> wanted) {
        for (var client = 0; client < clients; client++) {
            var use = use(uses, client);
            if (use.fits(wanted) || isForgotten(use)) {
                return client;
            }
        }
        throw new TooManyTrusts(peer);
    }

    private void ended(String peer, int client) {
        byPeer.computeIfPresent(
                peer, (key, uses) -> with(uses, client, use(uses, client).ended(nanoTime.getAsLong())));
    }

    /** Judges the certificate of a connection that a client is making. */
    boolean isAccepted(int client, String peer, String fingerprint) {
        var accepted = new boolean[1];
        byPeer.computeIfPresent(peer, (key, uses) -> {
            var use = use(uses, client);
            accepted[0] = use.accepts(fingerprint);
            return accepted[0] ? with(uses, client, use.connectedTo(fingerprint)) : uses;
        });
        return accepted[0];
    }

    private boolean isForgotten(PeerUse use) {
        return use.underWay() == 0 && (use.met().isEmpty() || nanoTime.getAsLong() - use.lastUsed() > idleNanos);
    }

    /** Forgets the peers that nobody talks to any more. */
    private void sweep() {
        var now = nanoTime.getAsLong();
        var due = nextSweep.get();
        if (now - due > 0 && nextSweep.compareAndSet(due, now + idleNanos)) {
            byPeer.values().removeIf(uses -> uses.stream().allMatch(this::isForgotten));
        }
    }

    /** How many peers are remembered. */
    int peers() {
        return byPeer.size();
    }

    private static PeerUse use(List<PeerUse> uses, int client) {
        return client < uses.size() ? uses.get(client) : PeerUse.NEVER;
    }

    private static List<PeerUse> with(List<PeerUse> uses, int client, PeerUse use) {
        var next = new ArrayList<>(uses);
        next.addAll(Collections.nCopies(Math.max(0, client + 1 - uses.size()), PeerUse.NEVER));
        next.set(client, use);
        return List.copyOf(next);
    }

    /** {@code host:port} as both an address and a TLS engine spell it. */
    static String peer(String host, int port) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT) + ":" + port;
    }

    /**
     * An acceptance.
     *
     * @param client the number of the client to use, from 0
     */
    record Lease(int client, Runnable ending) {

        /** To be called once. */
        void end() {
            ending.run();
        }
    }
}
