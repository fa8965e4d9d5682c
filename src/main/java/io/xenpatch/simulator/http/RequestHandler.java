package io.xenpatch.simulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One connection: gathers requests and hands them on one after the other, with XAPI's manners about heads and lengths. */
final class RequestHandler extends ChannelInboundHandlerAdapter {
    private static final int LONGEST_HEAD = 1024;
    private static final int LONGEST_BODY = 300 * 1024;

    private final RequestRouter router;
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private @Nullable HttpRequest head;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private boolean busy;
    private @Nullable Refusal refusal;

    RequestHandler(RequestRouter router) {
        this.router = router;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (refusal == null) {
                take(context, message);
            }
            if (refusal != null && message instanceof LastHttpContent) {
                refusal.hangUp();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            begin(context, request);
        }
        if (message instanceof HttpContent content && head != null && refusal == null) {
            body.writeBytes(content.content());
            if (message instanceof LastHttpContent) {
                end(context, head);
            } else if (body.readableBytes() > LONGEST_BODY) {
                refuse(context, Wire.internalError(head.protocolVersion(), "Failure(\"Request body is too long\")"));
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        var version = request.decoderResult().isSuccess() ? request.protocolVersion() : HttpVersion.HTTP_1_1;
        if (request.decoderResult().isFailure() || isHeadTooLong(request)) {
            refuse(context, Wire.headTooLarge(version));
            return;
        }
        var hasLength = request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
        if (HttpMethod.POST.equals(request.method()) && !hasLength) {
            refuse(context, Wire.internalError(version, "Failure(\"We require a content-length: HTTP header\")"));
            return;
        }
        head = request;
        body = Unpooled.buffer();
    }

    static boolean isHeadTooLong(HttpRequest request) {
        return headLength(request) > LONGEST_HEAD;
    }

    private static int headLength(HttpRequest request) {
        var length = request.method().name().length() + request.uri().length() + "  HTTP/1.1\r\n\r\n".length();
        for (var header : request.headers()) {
            length += header.getKey().length() + header.getValue().length() + ": \r\n".length();
        }
        return length;
    }

    private void end(ChannelHandlerContext context, HttpRequest request) {
        var exchange = new Exchange(context.channel(), request, ByteBufUtil.getBytes(body), () -> next(context));
        head = null;
        waiting.add(exchange);
        if (!busy) {
            next(context);
        }
    }

    private void next(ChannelHandlerContext context) {
        var exchange = waiting.poll();
        busy = exchange != null;
        if (exchange != null && context.channel().isOpen()) {
            router.route(exchange);
        }
    }

    private void refuse(ChannelHandlerContext context, FullHttpResponse response) {
        refusal = Refusal.send(context.channel(), response);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // a client that goes away or does not trust the certificate is the client's business
        if (!(cause instanceof IOException) && !(cause instanceof io.netty.handler.codec.DecoderException)) {
            System.getLogger(RequestHandler.class.getName())
                    .log(System.Logger.Level.WARNING, "A simulated connection failed.", cause);
        }
        var unused = context.close();
    }
}
