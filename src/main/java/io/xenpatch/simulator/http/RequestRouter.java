package io.xenpatch.simulator.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.xenpatch.simulator.rpc.JsonRpc;
import io.xenpatch.simulator.rpc.XmlRpc;

/** Which part answers a path. XML-RPC takes every POST path that nothing else wants, as in the server. */
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
        } else if (HttpMethod.GET.equals(method) && path.equals(UpdatesExchange.PATH)) {
            new UpdatesExchange(exchange, port).run();
        } else if (!HttpMethod.POST.equals(method)) {
            exchange.answer(Wire.forbidden(exchange.version()));
        } else if (path.equals("/jsonrpc")) {
            new RpcExchange(exchange, port, JsonRpc::read).run();
        } else {
            new RpcExchange(exchange, port, XmlRpc::read).run();
        }
    }
}
