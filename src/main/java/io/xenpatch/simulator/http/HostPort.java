package io.xenpatch.simulator.http;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The port of one host: its certificate, and the connections that carried a call. */
final class HostPort {
    private final PoolRuntime runtime;
    private final int host;
    private final ChannelGroup callers;
    private CertificateStore.@Nullable Identity identity;

    HostPort(PoolRuntime runtime, int host, CertificateStore.@Nullable Identity identity) {
        this.runtime = runtime;
        this.host = host;
        this.identity = identity;
        this.callers = new DefaultChannelGroup(runtime.loop());
    }

    PoolRuntime runtime() {
        return runtime;
    }

    int host() {
        return host;
    }

    Optional<SslContext> tls() {
        return Optional.ofNullable(identity).map(CertificateStore.Identity::context);
    }

    String fingerprint() {
        return identity == null ? "" : identity.fingerprint();
    }

    /** Presents another certificate to new connections and drops the old ones. */
    void present(CertificateStore.Identity other) {
        identity = other;
        resetAll();
    }

    CertificateStore.@Nullable Identity identity() {
        return identity;
    }

    /** This connection carries calls: it dies with the host's API. */
    void carriesCalls(Channel channel) {
        callers.add(channel);
    }

    void resetAll() {
        callers.forEach(Wire::reset);
    }
}
