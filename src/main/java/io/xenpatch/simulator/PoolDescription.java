package io.xenpatch.simulator;

import java.util.List;

/**
 * What a client needs to know of a simulated pool. {@code toString()} leaves the password out.
 *
 * @param address {@code host:port} of the coordinator
 * @param tlsFingerprint SHA-256 of the coordinator's certificate, 64 lower-case hex digits; "" over plain HTTP
 * @param hosts coordinator first
 */
public record PoolDescription(
        String poolUuid,
        String name,
        String address,
        String username,
        String password,
        String tlsFingerprint,
        List<HostDescription> hosts) {

    @Override
    public String toString() {
        return "PoolDescription[" + name + " " + poolUuid + " at " + address + "]";
    }

    /** A host: uuid and bare management address. */
    public record HostDescription(String uuid, String address) {}
}
