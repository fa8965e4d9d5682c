package io.xenpatch.simulator.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.pool.ImageImport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /import_raw_vdi} on one connection: answers 200 before it reads, as the server does, and takes the bytes in as they come.
 * Passes every other request on.
 */
final class ImageUpload extends ChannelInboundHandlerAdapter {
    private static final String PATH = "/import_raw_vdi";
    private static final String METHOD = "import_raw_vdi";

    private final HostPort port;
    private @Nullable ImageImport running;
    private Optional<Fault> wire = Optional.empty();
    private @Nullable Refusal refusal;
    private boolean ours;

    ImageUpload(HostPort port) {
        this.port = port;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!ours && !begins(message)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            if (message instanceof HttpRequest request) {
                ours = true;
                begin(context, request);
            }
            if (message instanceof HttpContent content && running != null) {
                take(context, running, content);
            } else if (message instanceof LastHttpContent && refusal != null) {
                refusal.hangUp();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static boolean begins(Object message) {
        return message instanceof HttpRequest request
                && HttpMethod.PUT.equals(request.method())
                && UploadRequest.path(request).equals(PATH);
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        port.carriesCalls(context.channel());
        var pool = port.runtime().pool();
        wire = pool.wireFault(port.host(), METHOD);
        if (!pool.listens(port.host()) || struckBy(FaultKind.DROP_BEFORE)) {
            Wire.reset(context.channel());
        } else if (RequestHandler.isHeadTooLong(request)) {
            refuse(context, Wire.headTooLarge(request.protocolVersion()));
        } else if (struckBy(FaultKind.HTTP_500)) {
            refuse(context, Wire.internalError(request.protocolVersion(), "Failure(\"simulated\")"));
        } else {
            new UploadRequest(port, request)
                    .answer(context.channel(), taken -> accept(context, taken), response -> refuse(context, response));
        }
    }

    private void refuse(ChannelHandlerContext context, FullHttpResponse response) {
        refusal = Refusal.send(context.channel(), response);
    }

    private void accept(ChannelHandlerContext context, ImageImport taken) {
        running = taken;
        if (struckBy(FaultKind.HANG)) {
            context.channel().config().setAutoRead(false);
        } else if (struckBy(FaultKind.SLOW_ANSWER)) {
            var delay = wire.map(Fault::length).map(port.runtime()::realNanos).orElse(0L);
            var unused = Later.in(port.runtime().loop(), delay, () -> answer(context, taken));
        } else if (!struckBy(FaultKind.CONNECTION_RESET)) {
            answer(context, taken);
        }
    }

    private static void answer(ChannelHandlerContext context, ImageImport taken) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONNECTION, "close")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, no-store")
                .set("task-id", taken.task())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
        context.writeAndFlush(head);
    }

    private void take(ChannelHandlerContext context, ImageImport taken, HttpContent content) {
        taken.accept(ByteBufUtil.getBytes(content.content()));
        if (taken.isHalfDone() && strikes(FaultKind.UPLOAD_BREAKS).isPresent()) {
            Wire.reset(context.channel());
        } else if (content instanceof LastHttpContent) {
            end(context, taken);
        } else if (taken.isHalfDone()) {
            strikes(FaultKind.UPLOAD_STALLS).ifPresent(fault -> stall(context, fault));
        }
    }

    private void stall(ChannelHandlerContext context, Fault fault) {
        context.channel().config().setAutoRead(false);
        if (fault.length() != null) {
            var real = port.runtime().realNanos(fault.length());
            var unused = Later.in(
                    port.runtime().loop(),
                    real,
                    () -> context.channel().config().setAutoRead(true));
        }
    }

    private void end(ChannelHandlerContext context, ImageImport taken) {
        running = null;
        taken.end();
        if (struckBy(FaultKind.CONNECTION_RESET)) {
            Wire.reset(context.channel());
        } else {
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private Optional<Fault> strikes(FaultKind kind) {
        return port.runtime().pool().uploadFault(kind, port.host());
    }

    private boolean struckBy(FaultKind kind) {
        return wire.filter(fault -> fault.fault() == kind).isPresent();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (running != null) {
            running.breakOff();
            running = null;
        }
        context.fireChannelInactive();
    }
}
