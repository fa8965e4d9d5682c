package io.xenpatch.simulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.rpc.Answer;
import io.xenpatch.simulator.rpc.MalformedRequest;
import io.xenpatch.simulator.rpc.PendingAnswer;
import io.xenpatch.simulator.rpc.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** One call over JSON-RPC or XML-RPC, with whatever goes wrong on the wire. */
final class RpcExchange {
    private static final Duration USUAL_SLOWNESS = Duration.ofSeconds(30);

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
            reply(
                    request,
                    Answer.early("INVALID_VALUE", "Invalid UTF-8 string in parameter", "S(" + request.garbled() + ")"));
            return;
        }
        var call = request.call().get();
        var fault = port.runtime().pool().wireFault(port.host(), call.method());
        if (fault.isPresent() && strikesBefore(fault.get())) {
            return;
        }
        var pending = port.runtime().call(port.host(), call);
        var unused = pending.answer()
                .thenAccept(answer -> Later.guarded(() -> fault.ifPresentOrElse(
                        struck -> disturb(struck, request, answer), () -> reply(request, answer))));
        pending.eventWait()
                .ifPresent(wait ->
                        watch(wait, pending, System.nanoTime() + wait.timeout().toNanos()));
    }

    private boolean strikesBefore(Fault fault) {
        return switch (fault.fault()) {
            case DROP_BEFORE -> {
                Wire.reset(exchange.channel());
                yield true;
            }
            case HTTP_500 -> {
                exchange.answer(Wire.internalError(exchange.version(), "Failure(\"simulated\")"));
                yield true;
            }
            default -> false;
        };
    }

    private void disturb(Fault fault, WireRequest request, Answer answer) {
        switch (fault.fault()) {
            case CONNECTION_RESET -> Wire.reset(exchange.channel());
            case SLOW_ANSWER -> {
                var delay = port.runtime()
                        .realNanos(Optional.ofNullable(fault.length()).orElse(USUAL_SLOWNESS));
                var unused = Later.in(port.runtime().loop(), delay, () -> reply(request, answer));
            }
            case HALF_ANSWER -> half(request, answer);
            case GARBAGE ->
                exchange.answer(Wire.rpc(
                        exchange.version(),
                        request.contentType(),
                        "<!-- not json -->".getBytes(StandardCharsets.UTF_8),
                        false));
            default -> {
                // HANG: not a byte
            }
        }
    }

    private void half(WireRequest request, Answer answer) {
        var body = request.write(answer);
        var head = "HTTP/1.1 " + HttpResponseStatus.OK + "\r\ncontent-length: " + body.length
                + "\r\nconnection: keep-alive\r\ncontent-type: " + request.contentType() + "\r\n\r\n";
        var bytes =
                Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(body, body.length / 2));
        var pipeline = exchange.channel().pipeline();
        pipeline.remove("http");
        exchange.channel().writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
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

    private void reply(WireRequest request, Answer answer) {
        var isEarly = answer.fold(value -> false, failure -> false, words -> true);
        exchange.answer(Wire.rpc(exchange.version(), request.contentType(), request.write(answer), isEarly));
    }
}
