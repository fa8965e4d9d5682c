package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.egress.StreamedPut;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.ImageContent;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a request to write an image shows to those who log addresses. */
class ImageRequestTests {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String VDI = "3f92b111-0a90-4ec6-b85a-737f241a3fc1";

    @Test
    void carriesTheSessionInACookieAndNowhereElse() {
        try (var egress = new Egress(new EgressProperties(LIMIT));
                var simulator = Simulator.start(Scenario.of(Scenario.pool("images")), SimulatorSettings.atSpeed(100))) {
            var described = simulator.pools().get(0);
            var address = described.address().split(":", 2);
            var access = new PoolAccess(
                    new Endpoint(address[0], Integer.parseInt(address[1]), true),
                    new Credentials(described.username(), described.password()),
                    List.of(),
                    null);
            var transport = new Watching(new HttpTransport(egress));
            try (var pool = new JsonRpcConnections(transport, new XapiProperties(LIMIT, LIMIT, false)).open(access)) {
                var content = new ImageContent(10, subscriber -> {}, LIMIT);

                pool.importImage(VdiUuid.of(VDI), new XapiTaskRef("OpaqueRef:task"), content)
                        .join();
            }

            var put = transport.seen;
            assertThat(put.target()).isEqualTo("/import_raw_vdi?vdi=" + VDI + "&format=raw&task_id=OpaqueRef%3Atask");
            assertThat(put.headers().get("Cookie")).matches("session_id=OpaqueRef:[0-9a-f-]{36}");
            assertThat(put.toString()).doesNotContain("OpaqueRef");
        }
    }

    /** Lets calls through, and takes images itself. */
    private static final class Watching implements JsonRpcTransport {
        private final JsonRpcTransport wire;
        private StreamedPut seen =
                new StreamedPut("", 0, false, "", Map.of(), 0, subscriber -> {}, Set.of(), Duration.ZERO);

        Watching(JsonRpcTransport wire) {
            this.wire = wire;
        }

        @Override
        public CompletableFuture<Response> send(Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit) {
            return wire.send(endpoint, accepted, body, limit);
        }

        @Override
        public CompletableFuture<String> presentedBy(Endpoint endpoint, Duration limit) {
            return wire.presentedBy(endpoint, limit);
        }

        @Override
        public CompletableFuture<StreamedPut.Answer> stream(StreamedPut put) {
            seen = put;
            return CompletableFuture.completedFuture(new StreamedPut.Answer(200, Map.of(), "", true));
        }
    }
}
