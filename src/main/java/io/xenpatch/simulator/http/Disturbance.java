package io.xenpatch.simulator.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.xenpatch.simulator.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What goes wrong on the wire with one exchange, if anything does. */
final class Disturbance {
    private static final Duration USUAL_SLOWNESS = Duration.ofSeconds(30);

    private final Exchange exchange;
    private final HostPort port;
    private final Optional<Fault> fault;

    private Disturbance(Exchange exchange, HostPort port, Optional<Fault> fault) {
        this.exchange = exchange;
        this.port = port;
        this.fault = fault;
    }

    /** The fault that strikes a call of this method now. */
    static Disturbance of(Exchange exchange, HostPort port, String method) {
        return new Disturbance(exchange, port, port.runtime().pool().wireFault(port.host(), method));
    }

    /** Whether it ended the exchange, so that the call must not happen. */
    boolean strikesBefore() {
        return fault.filter(this::strikesBefore).isPresent();
    }

    private boolean strikesBefore(Fault struck) {
        return switch (struck.fault()) {
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

    /** Sends an answer, or what the fault makes of it. */
    void answer(FullHttpResponse response) {
        fault.ifPresentOrElse(struck -> disturb(struck, response), () -> exchange.answer(response));
    }

    private void disturb(Fault struck, FullHttpResponse response) {
        switch (struck.fault()) {
            case CONNECTION_RESET -> Wire.reset(exchange.channel());
            case SLOW_ANSWER -> {
                var delay = port.runtime()
                        .realNanos(Optional.ofNullable(struck.length()).orElse(USUAL_SLOWNESS));
                var unused = Later.in(port.runtime().loop(), delay, () -> exchange.answer(response));
            }
            case HALF_ANSWER -> half(response);
            case GARBAGE ->
                exchange.answer(Wire.rpc(
                        exchange.version(),
                        contentType(response),
                        "<!-- not json -->".getBytes(StandardCharsets.UTF_8),
                        false));
            default -> {
                // HANG: not a byte
            }
        }
    }

    private static String contentType(FullHttpResponse response) {
        return response.headers().get("content-type");
    }

    private void half(FullHttpResponse response) {
        var body = ByteBufUtil.getBytes(response.content());
        var head = "HTTP/1.1 " + HttpResponseStatus.OK + "\r\ncontent-length: " + body.length
                + "\r\nconnection: keep-alive\r\ncontent-type: " + contentType(response) + "\r\n\r\n";
        var bytes =
                Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(body, body.length / 2));
        var pipeline = exchange.channel().pipeline();
        pipeline.remove("http");
        exchange.channel().writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    }
}
