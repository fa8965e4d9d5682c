package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.PoolMirror;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.HostUuid;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ManyPoolsTests {
    private static final int POOLS = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void watchingTwoHundredPoolsTakesFewerThanTenThreads() {
        try (var egress = new Egress(new EgressProperties(Duration.ofSeconds(30)));
                var simulator = Simulator.start(Scenario.generated(POOLS, 1, 0), SimulatorSettings.atSpeed(1))) {
            var connections = new JsonRpcConnections(
                    new HttpTransport(egress), new XapiProperties(Duration.ofSeconds(30), LIMIT, false));
            var before = threads();
            var mirrors = simulator.pools().stream()
                    .map(pool -> connections.open(access(pool)).mirror())
                    .toList();
            ask(mirrors).forEach(CompletableFuture::join);

            var parked = ask(mirrors);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(threads() - before).isLessThan(10));
            assertThat(parked).as("pools that are watched").noneMatch(CompletableFuture::isDone);
        }
    }

    private static List<? extends CompletableFuture<?>> ask(List<PoolMirror> mirrors) {
        return mirrors.stream().map(mirror -> mirror.next(LIMIT)).toList();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static PoolAccess access(PoolDescription pool) {
        var port = Integer.parseInt(pool.address().substring(pool.address().indexOf(':') + 1));
        var endpoint = new Endpoint(pool.hosts().get(0).address(), port, true);
        var pin = new HostPin(HostUuid.of(pool.hosts().get(0).uuid()), endpoint, pool.tlsFingerprint());
        return new PoolAccess(endpoint, new Credentials(pool.username(), pool.password()), List.of(pin), null);
    }
}
