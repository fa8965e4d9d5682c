package io.xenpatch.simulator.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.xenpatch.simulator.rpc.Answer;
import io.xenpatch.simulator.rpc.MalformedRequest;
import io.xenpatch.simulator.rpc.PendingAnswer;
import io.xenpatch.simulator.rpc.WireRequest;
import java.util.Objects;

/** One call over JSON-RPC or XML-RPC, with whatever goes wrong on the wire. */
final class RpcExchange {
    private final Exchange exchange;
    private final HostPort port;
    private final WireRequest.Reader reader;

    RpcExchange(Exchange exchange, HostPort port, WireRequest.Reader reader) {
        this.reader = reader;
        this.exchange = exchange;
        this.port = port;
    }

    void run() {
        WireRequest request;
        try {
            request = reader.read(exchange.body());
        } catch (MalformedRequest e) {
            exchange.answer(Wire.internalError(exchange.version(), Objects.requireNonNullElse(e.getMessage(), "")));
            return;
        }
        if (request.call().isEmpty()) {
            exchange.answer(response(
                    request,
                    Answer.early(
                            "INVALID_VALUE", "Invalid UTF-8 string in parameter", "S(" + request.garbled() + ")")));
            return;
        }
        var call = request.call().get();
        var disturbance = Disturbance.of(exchange, port, call.method());
        if (disturbance.strikesBefore()) {
            return;
        }
        var pending = port.runtime().call(port.host(), call);
        var unused = pending.answer()
                .thenAccept(answer -> Later.guarded(() -> disturbance.answer(response(request, answer))));
        pending.eventWait()
                .ifPresent(wait ->
                        watch(wait, pending, System.nanoTime() + wait.timeout().toNanos()));
    }

    private void watch(PendingAnswer.EventWait wait, PendingAnswer pending, long deadline) {
        var left = deadline - System.nanoTime();
        var pause = left <= 0 ? wait.pause().toNanos() : Math.min(wait.pause().toNanos(), left);
        var unused = Later.in(port.runtime().loop(), pause, () -> look(wait, pending, deadline));
    }

    private void look(PendingAnswer.EventWait wait, PendingAnswer pending, long deadline) {
        if (!exchange.channel().isOpen()) {
            pending.answer().cancel(false);
            return;
        }
        wait.look(deadline - System.nanoTime() <= 0);
        if (!pending.answer().isDone()) {
            sleep(wait, pending, deadline);
        }
    }

    private void sleep(PendingAnswer.EventWait wait, PendingAnswer pending, long deadline) {
        var end = Later.in(port.runtime().loop(), deadline - System.nanoTime(), () -> look(wait, pending, deadline));
        wait.onChange(() -> {
            if (end.cancel(false)) {
                watch(wait, pending, deadline);
            }
        });
    }

    private FullHttpResponse response(WireRequest request, Answer answer) {
        var isEarly = answer.fold(value -> false, failure -> false, words -> true);
        return Wire.rpc(exchange.version(), request.contentType(), request.write(answer), isEarly);
    }
}
