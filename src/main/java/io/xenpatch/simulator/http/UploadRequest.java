package io.xenpatch.simulator.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.pool.HostAddress;
import io.xenpatch.simulator.pool.ImageImport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/** What a {@code PUT /import_raw_vdi} asks for, and whether it may (xapi.md §2.3). */
final class UploadRequest {
    private final HostPort port;
    private final HttpRequest request;
    private final QueryStringDecoder query;

    UploadRequest(HostPort port, HttpRequest request) {
        this.port = port;
        this.request = request;
        this.query = new QueryStringDecoder(request.uri());
    }

    static String path(HttpRequest request) {
        return new QueryStringDecoder(request.uri()).path();
    }

    /** Refuses it, sends the client to another host, or begins to take the bytes. */
    void answer(Channel channel, Consumer<ImageImport> accepted, Consumer<FullHttpResponse> refused) {
        try {
            var pool = port.runtime().pool();
            var length = HttpLength.of(request);
            if (!pool.isOpenSession(RequestSession.of(request))) {
                refused.accept(RequestSession.missing(request));
            } else if (length < 0) {
                refused.accept(Wire.internalError(
                        request.protocolVersion(), "Failure(\"We require a content-length: HTTP header\")"));
            } else {
                var other = pool.elsewhere(port.host(), parameter("vdi"));
                if (other.isPresent()) {
                    refused.accept(moved(channel, HostAddress.of(other.get())));
                } else {
                    accepted.accept(
                            port.runtime().importImage(port.host(), parameter("vdi"), parameter("task_id"), length));
                }
            }
        } catch (ApiFailure failure) {
            refused.accept(Wire.failed(request.protocolVersion(), failure));
        }
    }

    private String parameter(String name) {
        return query.parameters().getOrDefault(name, List.of("")).get(0);
    }

    private FullHttpResponse moved(Channel channel, String address) {
        var scheme = port.tls().isPresent() ? "https" : "http";
        var number = ((InetSocketAddress) channel.localAddress()).getPort();
        var response = Wire.page(request.protocolVersion(), HttpResponseStatus.FOUND, "HTTP 302 moved");
        response.headers().set(HttpHeaderNames.LOCATION, scheme + "://" + address + ":" + number + request.uri());
        return response;
    }

    /** The announced length of a body. */
    private static final class HttpLength {
        private HttpLength() {}

        /** @return bytes; negative when it is not announced, or announced as chunks */
        static long of(HttpRequest request) {
            var text = request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "");
            return text.matches("\\d{1,18}") && !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                    ? Long.parseLong(text)
                    : -1;
        }
    }
}
