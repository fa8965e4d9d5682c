package io.xenpatch.simulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.xenpatch.simulator.model.ApiFailure;
import java.nio.charset.StandardCharsets;

/** Answers with XAPI's headers, and the ways a connection can end. */
final class Wire {
    private static final String HTML = "text/html";

    private Wire() {}

    /** Ends a connection with a reset, not with a goodbye. */
    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().close(channel.voidPromise());
    }

    static FullHttpResponse rpc(HttpVersion version, String type, byte[] body, boolean isEarly) {
        var response = response(version, HttpResponseStatus.OK, type, body, true);
        if (!isEarly) {
            response.headers().set("Access-Control-Allow-Origin", "*");
            response.headers().set("Access-Control-Allow-Headers", "X-Requested-With");
        }
        return response;
    }

    static FullHttpResponse preflight(HttpVersion version) {
        var response = rpc(version, HTML, new byte[0], false);
        response.headers().remove("content-type");
        response.headers().set("Access-Control-Allow-Methods", "PUT");
        return response;
    }

    /** A page that says why the server could not even read the call. */
    static FullHttpResponse internalError(HttpVersion version, String reason) {
        var text =
                "<html><body><h1>HTTP 500 internal server error</h1>An unexpected error occurred; please wait a while"
                        + " and try again. If the problem persists, please contact your support representative.<h1> Additional"
                        + " information </h1>" + escape(reason) + "</body></html>";
        return html(version, new HttpResponseStatus(500, "Internal Error"), text);
    }

    /** The page of an API error. */
    static FullHttpResponse failed(HttpVersion version, ApiFailure failure) {
        return internalError(version, failure.code() + ": [ " + String.join("; ", failure.params()) + " ]");
    }

    static FullHttpResponse forbidden(HttpVersion version) {
        return html(
                version,
                HttpResponseStatus.FORBIDDEN,
                "<html><body><h1>HTTP 403 forbidden</h1>Access to the requested resource is forbidden.</body></html>");
    }

    static FullHttpResponse headTooLarge(HttpVersion version) {
        return html(
                version,
                HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                "<html><body><h1>HTTP 431 request header fields too large</h1>Exceeded the maximum header"
                        + " size.</body></html>");
    }

    /** A page that says nothing but its title. */
    static FullHttpResponse page(HttpVersion version, HttpResponseStatus status, String title) {
        return html(version, status, "<html><body><h1>" + title + "</h1></body></html>");
    }

    private static FullHttpResponse html(HttpVersion version, HttpResponseStatus status, String text) {
        return response(version, status, HTML, text.getBytes(StandardCharsets.UTF_8), false);
    }

    static FullHttpResponse response(
            HttpVersion version, HttpResponseStatus status, String type, byte[] body, boolean keepAlive) {
        var response = new DefaultFullHttpResponse(version, status, Unpooled.wrappedBuffer(body));
        response.headers().set("content-length", body.length);
        response.headers().set("connection", keepAlive ? "keep-alive" : "close");
        response.headers().set("cache-control", "no-cache, no-store");
        response.headers().set("content-type", type);
        return response;
    }

    /** Sends a response and closes the connection if the response says so. */
    static void send(Channel channel, FullHttpResponse response) {
        var closes = "close".equals(response.headers().get("connection"));
        var sent = channel.writeAndFlush(response);
        if (closes) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }
}
