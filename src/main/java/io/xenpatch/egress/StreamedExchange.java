package io.xenpatch.egress;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * One PUT on one connection. The body is begun when the server accepts it, so that a refusal or a redirect costs none of it; a
 * server that waits for the body first gets it after two seconds. Everything happens on the connection's event loop.
 */
final class StreamedExchange extends ChannelInboundHandlerAdapter {
    private static final long PATIENCE_SECONDS = 2;
    private static final int LONGEST_TEXT = 64 * 1024;

    private final StreamedPut put;
    private final CompletableFuture<StreamedPut.Answer> answer = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable StreamedBody body;
    private boolean begun;
    private boolean answered;
    private int status;

    StreamedExchange(StreamedPut put) {
        this.put = put;
    }

    CompletableFuture<StreamedPut.Answer> answer() {
        return answer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        body = new StreamedBody(put, added, this::finishIfDone, this::fail);
        var unused = answer.whenComplete((done, failure) -> added.executor().execute(this::leave));
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        if (!put.tls()) {
            sendHead(active);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext at, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess() && isRightPeer(at)) {
                sendHead(at);
            } else if (!handshake.isSuccess()) {
                fail(handshake.cause());
            }
        } else if (event instanceof IdleStateEvent) {
            standstill();
        }
    }

    /** Nothing but the handshake was sent so far. */
    private boolean isRightPeer(ChannelHandlerContext at) {
        try {
            var session = at.pipeline().get(SslHandler.class).engine().getSession();
            var presented = Fingerprint.of(session.getPeerCertificates()[0]);
            if (put.fingerprints().contains(presented)) {
                return true;
            }
            fail(new CertificateNotPinned(AcceptedCertificates.peer(put.host(), put.port()), presented));
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            fail(e);
        }
        return false;
    }

    private void sendHead(ChannelHandlerContext at) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, put.target());
        request.headers()
                .set(HttpHeaderNames.HOST, put.authority())
                .set(HttpHeaderNames.CONTENT_LENGTH, put.length())
                .set(HttpHeaderNames.CONNECTION, "close");
        put.headers().forEach(request.headers()::set);
        at.writeAndFlush(request);
        var unused = at.executor().schedule(this::begin, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void begin() {
        if (!begun && !answer.isDone() && (status == 0 || accepted())) {
            begun = true;
            body().begin();
        }
    }

    private boolean accepted() {
        return status / 100 == 2;
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object message) {
        try {
            if (message instanceof HttpResponse response) {
                take(response);
            }
            if (message instanceof HttpContent content) {
                if (!accepted() && text.length() < LONGEST_TEXT) {
                    text.append(content.content().toString(StandardCharsets.UTF_8));
                }
                if (message instanceof LastHttpContent) {
                    answered = true;
                    finishIfDone();
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            fail(new IOException("the answer is no HTTP"));
            return;
        }
        status = response.status().code();
        response.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        begin();
    }

    private void finishIfDone() {
        if (answered && (body().isSent() || !accepted())) {
            finish();
        }
    }

    private void finish() {
        answer.complete(new StreamedPut.Answer(status, headers, accepted() ? "" : text.toString(), begun));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext at) {
        body().pull();
    }

    /** A server that has everything and said that it takes it need not hang up. */
    private void standstill() {
        if (body().isSent() && accepted()) {
            finish();
        } else {
            fail(new IOException("nothing moved for " + put.standstill()));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) {
        if (status != 0 && (body().isSent() || !accepted())) {
            finish();
        } else {
            fail(new IOException("the connection ended after " + body().length() + " of " + put.length() + " bytes"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        if (status != 0 && !accepted()) {
            finish();
        } else {
            fail(cause);
        }
    }

    void fail(Throwable cause) {
        answer.completeExceptionally(cause);
    }

    private void leave() {
        body().cancel();
        var unused = Objects.requireNonNull(context).close();
    }

    private StreamedBody body() {
        return Objects.requireNonNull(body);
    }
}
