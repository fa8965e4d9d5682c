package io.xenpatch.egress;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which certificates are accepted at which {@code host:port} just now: those that the requests under way name, and no others. So a
 * pin that was replaced or forgotten counts from the next request on, and nothing has to be cleaned up.
 */
final class AcceptedCertificates {
    private final ConcurrentHashMap<String, List<Set<String>>> accepted = new ConcurrentHashMap<>();

    /** Accepts fingerprints until the lease is closed. */
    Lease accept(String host, int port, Set<String> fingerprints) {
        var peer = peer(host, port);
        var copy = Set.copyOf(fingerprints);
        accepted.merge(peer, List.of(copy), AcceptedCertificates::concat);
        return () -> accepted.computeIfPresent(peer, (key, all) -> without(all, copy));
    }

    boolean isAccepted(String peer, String fingerprint) {
        return accepted.getOrDefault(peer, List.of()).stream().anyMatch(each -> each.contains(fingerprint));
    }

    private static List<Set<String>> concat(List<Set<String>> some, List<Set<String>> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    @SuppressWarnings("NullAway") // null removes the entry
    private static List<Set<String>> without(List<Set<String>> all, Set<String> one) {
        var left = new java.util.ArrayList<>(all);
        left.remove(one);
        return left.isEmpty() ? null : List.copyOf(left);
    }

    /** {@code host:port} as both an address and a TLS engine spell it. */
    static String peer(String host, int port) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Ends an acceptance. */
    @FunctionalInterface
    interface Lease {
        void end();
    }
}
