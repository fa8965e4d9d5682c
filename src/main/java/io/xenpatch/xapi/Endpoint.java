package io.xenpatch.xapi;

/**
 * Where a XAPI server listens.
 *
 * @param tls false only where {@code xenpatch.xapi.allow-plain-http} allows it
 */
public record Endpoint(String host, int port, boolean tls) {

    /** The same scheme and port at another host of the pool. */
    public Endpoint at(String otherHost) {
        return new Endpoint(otherHost, port, tls);
    }

    /** {@code host:port}, IPv6 addresses in brackets. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
