package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.Egress;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiProperties;
import java.time.Duration;

/** The adapter for tests of other rooms that need no Spring. */
public final class TestConnections {

    private TestConnections() {}

    public static XapiConnections over(Egress egress) {
        return new JsonRpcConnections(
                new HttpTransport(egress), new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), true));
    }
}
