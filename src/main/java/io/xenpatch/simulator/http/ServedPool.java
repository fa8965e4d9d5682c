package io.xenpatch.simulator.http;

import io.netty.channel.EventLoop;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.simulator.pool.HostAddress;
import io.xenpatch.simulator.pool.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pool with its ports and certificates. */
final class ServedPool {
    private final SimulatorSettings settings;
    private final PoolRuntime runtime;
    private final List<HostPort> hosts = new ArrayList<>();
    private @Nullable PoolListener listener;
    private final String fingerprint;
    private int port;

    ServedPool(EventLoop loop, SimulatorSettings settings, Scenario scenario, PoolScenario spec, Journal journal) {
        this.settings = settings;
        this.runtime = new PoolRuntime(loop, settings.clock(), scenario, spec, journal, this::resetConnections);
        var common = settings.plainHttp() ? null : CertificateStore.create(spec.name());
        for (int i = 0; i < spec.hosts(); i++) {
            var own = i > 0 && common != null && settings.distinctCertificates()
                    ? CertificateStore.create(HostAddress.of(i))
                    : common;
            hosts.add(new HostPort(runtime, i, own));
            if (own != null) {
                runtime.pool().announceCertificate(i, own.pem());
            }
        }
        this.fingerprint = hosts.get(0).fingerprint();
    }

    private void resetConnections(int host) {
        hosts.get(host).resetAll();
    }

    void listen(int wanted, ControlEndpoint control) throws InterruptedException {
        var listening = settings.coordinatorOnly() ? hosts.subList(0, 1) : hosts;
        listener = new PoolListener(listening, control);
        port = listener.listen(wanted);
    }

    PoolRuntime runtime() {
        return runtime;
    }

    String uuid() {
        return runtime.pool().uuid();
    }

    /** On the pool's loop. */
    void inject(Fault fault) {
        runtime.inject(fault);
        if (fault.fault() == FaultKind.WRONG_CERTIFICATE && !settings.plainHttp()) {
            var uuid = fault.hostUuid();
            var host = hosts.get(uuid == null ? 0 : runtime.pool().hostUuids().indexOf(uuid));
            var right = Objects.requireNonNull(host.identity());
            host.present(CertificateStore.create("somebody else"));
            if (fault.length() != null) {
                var real = runtime.realNanos(fault.length());
                var unused = Later.in(runtime.loop(), real, () -> host.present(right));
            }
        }
    }

    PoolDescription description() {
        var spec = runtime.pool().spec();
        var uuids = runtime.pool().hostUuids();
        var described = new ArrayList<PoolDescription.HostDescription>();
        for (int i = 0; i < uuids.size(); i++) {
            described.add(new PoolDescription.HostDescription(uuids.get(i), HostAddress.of(i)));
        }
        return new PoolDescription(
                uuid(),
                spec.name(),
                HostAddress.of(0) + ":" + port,
                spec.username(),
                spec.password(),
                fingerprint,
                List.copyOf(described));
    }

    void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
