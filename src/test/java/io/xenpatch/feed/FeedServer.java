package io.xenpatch.feed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A web server with one document. */
final class FeedServer implements AutoCloseable {
    private final HttpServer server;
    private final String scheme;
    private final List<HttpExchange> asked = new CopyOnWriteArrayList<>();
    private volatile byte[] document = new byte[0];
    private volatile String tag = "";
    private volatile int status = 200;

    /** @param tls null = plain HTTP */
    FeedServer(@Nullable SSLContext tls) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server = tls == null ? HttpServer.create(address, 0) : secure(address, tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scheme = tls == null ? "http" : "https";
        server.createContext("/", this::answer);
        server.start();
    }

    private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
        var secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        return secure;
    }

    String address() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/updates.xml";
    }

    /** @param newTag empty = the server does not say one, but a time */
    void has(byte[] newDocument, String newTag) {
        document = newDocument;
        tag = newTag;
        status = 200;
    }

    void answersWith(int newStatus) {
        status = newStatus;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange);
        var headers = exchange.getResponseHeaders();
        headers.add(tag.isEmpty() ? "Last-Modified" : "ETag", tag.isEmpty() ? "Mon, 23 Nov 2026 01:00:00 GMT" : tag);
        headers.add("Location", "/elsewhere");
        var known = exchange.getRequestHeaders().getFirst(tag.isEmpty() ? "If-Modified-Since" : "If-None-Match");
        var unchanged = status == 200 && known != null;
        var body = status == 200 && !unchanged ? document : new byte[0];
        exchange.sendResponseHeaders(unchanged ? 304 : status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    List<HttpExchange> asked() {
        return asked;
    }

    /** The value of a header in the last request; null when there was none. */
    @Nullable
    String lastHeader(String name) {
        return asked.get(asked.size() - 1).getRequestHeaders().getFirst(name);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
