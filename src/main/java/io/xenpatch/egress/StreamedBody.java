package io.xenpatch.egress;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the body of one PUT: asks for one piece at a time, and for none while the connection is full. That is all that is ever held in
 * memory. Whoever calls, everything happens on the connection's event loop.
 */
final class StreamedBody implements Flow.Subscriber<ByteBuffer> {
    private final StreamedPut put;
    private final ChannelHandlerContext context;
    private final Runnable onSent;
    private final Consumer<Throwable> onFailure;
    private Flow.@Nullable Subscription source;
    private boolean asked;
    private boolean over;
    private boolean sent;
    private long length;

    StreamedBody(StreamedPut put, ChannelHandlerContext context, Runnable onSent, Consumer<Throwable> onFailure) {
        this.put = put;
        this.context = context;
        this.onSent = onSent;
        this.onFailure = onFailure;
    }

    /** Whether all of it has left. */
    boolean isSent() {
        return sent;
    }

    /** Bytes that were given to the connection. */
    long length() {
        return length;
    }

    void begin() {
        put.body().subscribe(this);
    }

    /** Asks for no more. */
    void cancel() {
        over = true;
        if (source != null) {
            source.cancel();
        }
    }

    /** Asks for the next piece if the connection can take it. */
    void pull() {
        if (source != null && !asked && !over && context.channel().isWritable()) {
            asked = true;
            source.request(1);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        onLoop(() -> {
            source = subscription;
            if (over) {
                subscription.cancel();
            } else {
                pull();
            }
        });
    }

    @Override
    public void onNext(ByteBuffer piece) {
        onLoop(() -> {
            asked = false;
            length += piece.remaining();
            context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
            pull();
        });
    }

    @Override
    public void onError(Throwable failure) {
        onLoop(() -> onFailure.accept(failure));
    }

    @Override
    public void onComplete() {
        onLoop(() -> {
            over = true;
            if (length != put.length()) {
                onFailure.accept(new IOException("the body has " + length + " bytes instead of " + put.length()));
                return;
            }
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(flushed -> {
                sent = flushed.isSuccess();
                onSent.run();
            });
        });
    }

    private void onLoop(Runnable action) {
        var loop = context.executor();
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }
}
