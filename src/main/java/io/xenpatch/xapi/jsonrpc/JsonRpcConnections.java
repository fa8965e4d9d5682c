package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;

final class JsonRpcConnections implements XapiConnections {
    private final JsonRpcTransport transport;
    private final XapiProperties properties;

    JsonRpcConnections(JsonRpcTransport transport, XapiProperties properties) {
        this.transport = transport;
        this.properties = properties;
    }

    @Override
    public XapiPool open(PoolAccess access) {
        if (!access.endpoint().tls() && !properties.allowPlainHttp()) {
            throw new IllegalArgumentException(
                    access.endpoint() + " is to be reached without TLS, but xenpatch.xapi.allow-plain-http is false");
        }
        return new JsonRpcPool(transport, properties, access);
    }
}
