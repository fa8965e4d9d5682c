package io.xenpatch.simulator.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.pool.Journal;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code /simulator/journal} and {@code /simulator/faults}; they answer also while the host is away. */
final class ControlEndpoint {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String JSON = "application/json";

    private final Journal journal;
    private final Function<Fault, CompletableFuture<Void>> injector;

    ControlEndpoint(Journal journal, Function<Fault, CompletableFuture<Void>> injector) {
        this.journal = journal;
        this.injector = injector;
    }

    void answer(Exchange exchange, String path) {
        var method = exchange.request().method();
        if (path.equals("/simulator/journal") && HttpMethod.GET.equals(method)) {
            journal(exchange);
        } else if (path.equals("/simulator/faults") && HttpMethod.POST.equals(method)) {
            faults(exchange);
        } else {
            refuse(
                    exchange,
                    HttpResponseStatus.NOT_FOUND,
                    "There is GET /simulator/journal and POST /simulator/faults.");
        }
    }

    private void journal(Exchange exchange) {
        var query = new QueryStringDecoder(exchange.request().uri()).parameters();
        var pool =
                query.getOrDefault("poolUuid", List.of()).stream().findFirst().orElse(null);
        var after = query.getOrDefault("after", List.of("0")).get(0);
        if (!after.matches("\\d{1,18}")) {
            refuse(exchange, HttpResponseStatus.BAD_REQUEST, "after must be a position, a number from 0.");
            return;
        }
        var lines = new ByteArrayOutputStream();
        for (var entry : journal.after(Long.parseLong(after), pool)) {
            lines.writeBytes(MAPPER.writeValueAsBytes(entry));
            lines.write('\n');
        }
        exchange.answer(Wire.response(
                exchange.version(), HttpResponseStatus.OK, "application/x-ndjson", lines.toByteArray(), true));
    }

    private void faults(Exchange exchange) {
        Fault fault;
        try {
            fault = FaultRequest.read(exchange.body());
        } catch (JacksonException | IllegalArgumentException e) {
            refuse(exchange, HttpResponseStatus.BAD_REQUEST, Objects.requireNonNullElse(e.getMessage(), "bad fault"));
            return;
        }
        var unused = injector.apply(fault)
                .whenCompleteAsync((done, problem) -> injected(exchange, fault, problem), exchange.loop());
    }

    private static void injected(Exchange exchange, Fault fault, @Nullable Throwable problem) {
        if (problem == null) {
            var body = MAPPER.writeValueAsBytes(Map.of("injected", fault.fault().name()));
            exchange.answer(Wire.response(exchange.version(), HttpResponseStatus.CREATED, JSON, body, true));
        } else {
            var cause = Objects.requireNonNullElse(problem.getCause(), problem);
            refuse(exchange, HttpResponseStatus.BAD_REQUEST, String.valueOf(cause.getMessage()));
        }
    }

    private static void refuse(Exchange exchange, HttpResponseStatus status, String reason) {
        var body = MAPPER.writeValueAsBytes(Map.of("error", reason));
        exchange.answer(Wire.response(exchange.version(), status, JSON, body, true));
    }
}
