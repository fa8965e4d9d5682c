package io.xenpatch.updates.web;

import io.xenpatch.updates.UploadBody;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read without a thread: as much as was asked for, when it has come. The container's threads and the reader's
 * call in here; one of them at a time goes on, the others only leave word.
 */
final class RequestBodyStream implements UploadBody, Flow.Subscription, ReadListener {
    private static final int PIECE = 64 * 1024;

    private final ServletInputStream in;
    private final long length;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong wanted = new AtomicLong();
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> reader;
    private volatile @Nullable Throwable failure;
    private volatile boolean aborted;
    private volatile boolean closed;
    private boolean listening;
    private long read;

    /** @param length announced bytes */
    RequestBodyStream(ServletInputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        reader = subscriber;
        subscriber.onSubscribe(this);
        goOn();
    }

    @Override
    public void request(long pieces) {
        wanted.addAndGet(pieces);
        goOn();
    }

    @Override
    public void cancel() {
        closed = true;
        goOn();
    }

    /** Reads nothing any more. @return when that is sure: the request may be answered then */
    CompletableFuture<Void> close() {
        cancel();
        return quiet;
    }

    @Override
    public void abort() {
        aborted = true;
        goOn();
    }

    @Override
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void onDataAvailable() {
        goOn();
    }

    @Override
    public void onAllDataRead() {
        goOn();
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        goOn();
    }

    private void goOn() {
        if (calls.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            step();
            seen = calls.addAndGet(-seen);
        } while (seen > 0);
    }

    private void step() {
        var subscriber = reader;
        if (quiet.isDone()) {
            return;
        }
        if (closed) {
            quiet.complete(null);
        } else if (subscriber != null && (failure != null || aborted)) {
            end(subscriber);
        } else if (subscriber != null) {
            serve(subscriber);
        }
    }

    private void end(Flow.Subscriber<? super ByteBuffer> subscriber) {
        quiet.complete(null);
        subscriber.onError(Objects.requireNonNullElseGet(failure, () -> new CancellationException("ended")));
    }

    private void serve(Flow.Subscriber<? super ByteBuffer> subscriber) {
        while (wanted.get() > 0 && !closed && !aborted) {
            var piece = next();
            if (piece.hasRemaining()) {
                wanted.decrementAndGet();
                subscriber.onNext(piece);
            }
            if (read == length) {
                quiet.complete(null);
                subscriber.onComplete();
                return;
            }
            if (failure != null) {
                end(subscriber);
                return;
            }
            if (!piece.hasRemaining()) {
                return;
            }
        }
    }

    /** What has come, at most one piece; empty when nothing has: then the container calls when something does. */
    private ByteBuffer next() {
        var bytes = new byte[(int) Math.min(PIECE, length - read)];
        int filled = 0;
        try {
            if (!listening) {
                listening = true;
                in.setReadListener(this);
            }
            while (filled < bytes.length && in.isReady()) {
                int more = in.read(bytes, filled, bytes.length - filled);
                if (more < 0) {
                    throw new EOFException("the body ends after " + (read + filled) + " of " + length + " bytes");
                }
                filled += more;
            }
        } catch (IOException | RuntimeException e) {
            // a request that is over already answers with exceptions of every kind
            failure = e;
        }
        read += filled;
        return ByteBuffer.wrap(filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled));
    }
}
