package io.xenpatch.bench;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Calls simulated pools as any XAPI client would. Trusts every certificate: the pools are its own. */
final class Xapi {
    private static final Pattern RESULT = Pattern.compile("\"result\":\"([^\"]*)\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"((\\d+),\\d+)\"");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<String, String> references = new ConcurrentHashMap<>();

    Xapi() throws GeneralSecurityException {
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new TrustsAll()}, null);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .executor(Executors.newFixedThreadPool(4, work -> {
                    var thread = new Thread(work, "bench-xapi");
                    thread.setDaemon(true);
                    return thread;
                }))
                .build();
    }

    /** @param params JSON values, the session not among them */
    private CompletableFuture<String> call(Pool pool, String method, Duration limit, String... params) {
        return session(pool).thenCompose(session -> send(pool, method, limit, prepend('"' + session + '"', params)));
    }

    private static String[] prepend(String first, String... others) {
        var all = new String[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    private CompletableFuture<String> send(Pool pool, String method, Duration limit, String... params) {
        var body = "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":[" + String.join(",", params)
                + "],\"id\":1}";
        var request = HttpRequest.newBuilder(URI.create("https://" + pool.address() + "/jsonrpc"))
                .timeout(limit)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> {
            if (answer.body().contains("\"error\":{")) {
                throw new IllegalStateException(method + " fails: " + answer.body());
            }
            return answer.body();
        });
    }

    private CompletableFuture<String> session(Pool pool) {
        var known = sessions.get(pool.uuid());
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return send(pool, "session.login_with_password", LIMIT, '"' + pool.username() + '"', '"' + pool.password() + '"',
                        "\"1.0\"", "\"bench\"")
                .thenApply(answer -> {
                    var session = first(RESULT, answer, 1);
                    sessions.put(pool.uuid(), session);
                    return session;
                });
    }

    /** The number of changes that the pool has had. */
    CompletableFuture<Long> generation(Pool pool) {
        return call(pool, "event.from", LIMIT, "[\"pool\"]", "\"\"", "0.0")
                .thenApply(answer -> Long.parseLong(first(TOKEN, answer, 2)));
    }

    /** From where on changes can be asked for. */
    CompletableFuture<String> token(Pool pool) {
        return call(pool, "event.from", LIMIT, "[\"pool\"]", "\"\"", "0.0")
                .thenApply(answer -> first(TOKEN, answer, 1));
    }

    /** Asks for changes; the pool keeps the question as long as the limit says. */
    CompletableFuture<String> park(Pool pool, String token, Duration limit) {
        return call(
                pool,
                "event.from",
                limit.plus(LIMIT),
                "[\"pool\",\"host\",\"vm\"]",
                '"' + token + '"',
                limit.toSeconds() + ".0");
    }

    /** Renames a host: a change that the service's inventory shows. */
    CompletableFuture<String> rename(Pool pool, String host, String name) {
        var known = references.get(host);
        var ref = known != null
                ? CompletableFuture.completedFuture(known)
                : call(pool, "host.get_by_uuid", LIMIT, '"' + host + '"').thenApply(answer -> {
                    var found = first(RESULT, answer, 1);
                    references.put(host, found);
                    return found;
                });
        return ref.thenCompose(found ->
                call(pool, "host.set_name_label", LIMIT, '"' + found + '"', '"' + name + '"'));
    }

    private static String first(Pattern pattern, String text, int group) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(group);
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
