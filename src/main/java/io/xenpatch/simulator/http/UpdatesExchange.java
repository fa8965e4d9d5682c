package io.xenpatch.simulator.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.rpc.Answer;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /updates}: what each host lacks, for those who may apply it (xapi.md §7.3). */
final class UpdatesExchange {
    /** The path, and how faults name it. */
    static final String PATH = "/updates";

    private static final String METHOD = "get_updates";
    private static final String HOSTS = "host_refs";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Set<String> NOT_FOUND =
            Set.of("NO_REPOSITORY_ENABLED", "INVALID_REPOMD_XML", "INVALID_UPDATEINFO_XML");

    private final Exchange exchange;
    private final HostPort port;
    private final Disturbance disturbance;

    UpdatesExchange(Exchange exchange, HostPort port) {
        this.exchange = exchange;
        this.port = port;
        this.disturbance = Disturbance.of(exchange, port, METHOD);
    }

    void run() {
        if (disturbance.strikesBefore()) {
            return;
        }
        var pool = port.runtime().pool();
        var session = RequestSession.of(exchange.request());
        if (!pool.isOpenSession(session)) {
            disturbance.answer(RequestSession.missing(exchange.request()));
        } else if (!pool.maySeeUpdates(session)) {
            disturbance.answer(Wire.forbidden(exchange.version()));
        } else {
            ask(session);
        }
    }

    private void ask(String session) {
        var given =
                new QueryStringDecoder(exchange.request().uri()).parameters().get(HOSTS);
        var hosts = given == null
                ? port.runtime().pool().hostRefs()
                : Stream.of(given.get(0).split(";", -1)).toList();
        var unused = port.runtime()
                .updates(port.host(), session, hosts)
                .thenAccept(answer -> Later.guarded(() -> disturbance.answer(response(answer))));
    }

    private FullHttpResponse response(Answer answer) {
        return answer.fold(
                document -> Wire.response(
                        exchange.version(),
                        HttpResponseStatus.OK,
                        "application/json",
                        MAPPER.writeValueAsBytes(document),
                        false),
                this::refused,
                words -> Wire.internalError(exchange.version(), String.join(" ", words)));
    }

    private FullHttpResponse refused(ApiFailure failure) {
        if ("HANDLE_INVALID".equals(failure.code())) {
            return Wire.page(exchange.version(), HttpResponseStatus.BAD_REQUEST, "HTTP 400 bad request");
        }
        if (NOT_FOUND.contains(failure.code())) {
            return Wire.page(exchange.version(), HttpResponseStatus.NOT_FOUND, "HTTP 404 not found");
        }
        return Wire.failed(exchange.version(), failure);
    }
}
