package io.xenpatch.simulator.http;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** One request on its connection, to be answered once. */
final class Exchange {
    private final Channel channel;
    private final HttpRequest request;
    private final byte[] body;
    private final Runnable answered;

    Exchange(Channel channel, HttpRequest request, byte[] body, Runnable answered) {
        this.channel = channel;
        this.request = request;
        this.body = body;
        this.answered = answered;
    }

    Channel channel() {
        return channel;
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    HttpRequest request() {
        return request;
    }

    HttpVersion version() {
        return request.protocolVersion();
    }

    byte[] body() {
        return body;
    }

    private boolean wantsClose() {
        var connection = request.headers().get(HttpHeaderNames.CONNECTION, "");
        return connection.equalsIgnoreCase("close")
                || (version().equals(HttpVersion.HTTP_1_0) && !connection.equalsIgnoreCase("keep-alive"));
    }

    void answer(FullHttpResponse response) {
        if (!channel.isOpen()) {
            response.release();
            return;
        }
        if (wantsClose()) {
            response.headers().set("connection", "close");
        }
        Wire.send(channel, response);
        answered.run();
    }
}
