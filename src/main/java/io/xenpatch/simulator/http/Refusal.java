package io.xenpatch.simulator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.concurrent.TimeUnit;

/**
 * An answer given before its request was read to the end. What still comes is read and thrown away: a connection that is closed with
 * unread bytes is reset, and then the client may never see the answer.
 */
final class Refusal {
    private static final long PATIENCE_SECONDS = 2;

    private final ChannelFuture sent;

    private Refusal(ChannelFuture sent) {
        this.sent = sent;
    }

    /** Sends it; the connection ends when the client hangs up, when its request has ended, or after two seconds. */
    static Refusal send(Channel channel, FullHttpResponse response) {
        var refusal = new Refusal(channel.writeAndFlush(response));
        var unused = Later.in(channel.eventLoop(), TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), refusal::hangUp);
        return refusal;
    }

    /** Ends the connection as soon as the answer is out. */
    void hangUp() {
        sent.addListener(ChannelFutureListener.CLOSE);
    }
}
