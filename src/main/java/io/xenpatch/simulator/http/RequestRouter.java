package io.xenpatch.simulator.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;

/** Which part answers a path. XML-RPC will take every POST path that nothing else wants, as in the server. */
final class RequestRouter {
    private final HostPort port;
    private final ControlEndpoint control;

    RequestRouter(HostPort port, ControlEndpoint control) {
        this.port = port;
        this.control = control;
    }

    void route(Exchange exchange) {
        var path = new QueryStringDecoder(exchange.request().uri()).path();
        if (path.startsWith("/simulator/")) {
            control.answer(exchange, path);
            return;
        }
        port.carriesCalls(exchange.channel());
        if (!port.runtime().pool().listens(port.host())) {
            Wire.reset(exchange.channel());
            return;
        }
        var method = exchange.request().method();
        if (HttpMethod.OPTIONS.equals(method)) {
            exchange.answer(Wire.preflight(exchange.version()));
        } else if (!HttpMethod.POST.equals(method)) {
            exchange.answer(Wire.forbidden(exchange.version()));
        } else if (path.equals("/jsonrpc")) {
            new JsonRpcExchange(exchange, port).run();
        } else {
            var reason = "Xmlm.Error(1:1, \"expected root element\")";
            exchange.answer(Wire.internalError(exchange.version(), reason));
        }
    }
}
