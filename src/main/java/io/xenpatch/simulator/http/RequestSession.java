package io.xenpatch.simulator.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.List;

/** The session that an HTTP request names in its query or in a cookie (xapi.md §2.3). */
final class RequestSession {
    private static final String NAME = "session_id";

    private RequestSession() {}

    /** Its reference; empty when there is none. */
    static String of(HttpRequest request) {
        var inQuery = new QueryStringDecoder(request.uri())
                .parameters()
                .getOrDefault(NAME, List.of(""))
                .get(0);
        return inQuery.isEmpty()
                ? ServerCookieDecoder.LAX.decode(request.headers().get(HttpHeaderNames.COOKIE, "")).stream()
                        .filter(cookie -> cookie.name().equals(NAME))
                        .findFirst()
                        .map(Cookie::value)
                        .orElse("")
                : inQuery;
    }

    /** What a request without a valid one gets. */
    static FullHttpResponse missing(HttpRequest request) {
        var response = Wire.page(request.protocolVersion(), HttpResponseStatus.UNAUTHORIZED, "HTTP 401 unauthorised");
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"xapi\"");
        return response;
    }
}
