package io.xenpatch.xapi.jsonrpc;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.xenpatch.egress.Fingerprint;
import io.xenpatch.simulator.pool.HostAddress;
import io.xenpatch.xapi.Endpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The front door of a {@link VirtualPool}: real sockets and TLS, one connection a request. Once armed it spoils the calls of one
 * message, and counts how often that message came in and how often the pool was made to do it.
 */
final class FaultyGate implements AutoCloseable {
    static final Identity RIGHT = Identity.of("pool");
    static final Identity STRANGER = Identity.of("stranger");

    /** What is there when nothing goes wrong. */
    private static final byte[] DOCUMENT =
            "{\"hosts\":[],\"updates\":[],\"hash\":\"right\"}".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};
    private static final Duration SLOWEST = Duration.ofSeconds(5);
    private static final Duration LETTING_GO = Duration.ofMinutes(1);
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    /** One for each gate: nobody else can take its port while it does not listen. */
    private final String address = address(ADDRESSES.incrementAndGet());

    private final VirtualPool pool;
    private final String message;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger executed = new AtomicInteger();
    private final AtomicInteger trapped = new AtomicInteger();
    private final int port;
    private volatile @Nullable ServerSocket listening;
    private volatile CompletableFuture<Void> accepting = CompletableFuture.completedFuture(null);
    private volatile @Nullable TransportFault fault;
    private volatile CompletableFuture<Void> hang = new CompletableFuture<>();

    /** @param message the one that is counted and spoilt, without {@code Async.}, or what is fetched */
    FaultyGate(VirtualPool pool, String message, ExecutorService threads) throws IOException {
        this.pool = pool;
        this.message = message;
        this.threads = threads;
        this.port = listen(0);
    }

    private static String address(int number) {
        return "127.77." + number / 250 + "." + (number % 250 + 1);
    }

    private int listen(int wanted) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), wanted));
        listening = socket;
        accepting = CompletableFuture.runAsync(() -> accept(socket), threads);
        return socket.getLocalPort();
    }

    Endpoint endpoint() {
        return new Endpoint(address, port, true);
    }

    /** From now on this goes wrong. */
    void arm(TransportFault kind) throws IOException {
        fault = kind;
        if (kind == TransportFault.CONNECTION_REFUSED) {
            close();
        }
    }

    /** Nothing goes wrong any more. */
    void heal() {
        fault = null;
        try {
            var socket = listening;
            if (socket == null || socket.isClosed()) {
                listen(port);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the message was read here. */
    int arrived() {
        return arrived.get();
    }

    /** How often the pool was made to carry it out. */
    int executed() {
        return executed.get();
    }

    /** Done when the next call hangs. */
    CompletableFuture<Void> nextHang() {
        hang = new CompletableFuture<>();
        return hang;
    }

    /** The pool's answer to a request that does not come through this gate. */
    CompletableFuture<JsonRpcTransport.Response> withoutWire(byte[] body) {
        synchronized (pool) {
            return pool.send(new Endpoint(HostAddress.of(0), 443, false), Set.of(), body, SLOWEST);
        }
    }

    /** How many requests of any kind the stranger has read. */
    int trapped() {
        return trapped.get();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                connection.setTcpNoDelay(true);
                open.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            if (fault == TransportFault.TLS_FAILURE) {
                plain.getOutputStream().write(HANDSHAKE_FAILURE);
                // what the client said must be read, else the connection ends with a reset that overtakes the alert
                plain.shutdownOutput();
                plain.getInputStream().readAllBytes();
                return;
            }
            var isStranger = isStranger();
            var identity = isStranger ? STRANGER : RIGHT;
            try (var tls = (SSLSocket) identity.context()
                    .getSocketFactory()
                    .createSocket(plain, plain.getInetAddress().getHostAddress(), port, true)) {
                tls.setUseClientMode(false);
                var in = new BufferedInputStream(tls.getInputStream());
                while (isStranger ? trap(tls, in) : answer(plain, tls, in)) {
                    // the next request on this connection
                }
            }
        } catch (IOException e) {
            // the client went away, or this connection was reset on purpose
        } finally {
            open.remove(plain);
        }
    }

    private boolean isStranger() {
        return fault == TransportFault.WRONG_CERTIFICATE
                || fault == TransportFault.WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION;
    }

    /** A stranger would take whatever comes, and keep the connection. @return whether it goes on */
    private boolean trap(SSLSocket tls, InputStream in) throws IOException {
        if (request(in).isEmpty()) {
            return false;
        }
        trapped.incrementAndGet();
        write(tls, "200 OK", "application/json", result("\"OpaqueRef:trap\""), true);
        return true;
    }

    /** @return whether the connection goes on */
    private boolean answer(Socket plain, SSLSocket tls, InputStream in) throws IOException {
        var request = request(in);
        if (request.isEmpty()) {
            return false;
        }
        var isCounted = request.get().name().equals(message);
        if (isCounted) {
            arrived.incrementAndGet();
        }
        var struck = fault;
        if (isCounted && struck != null) {
            spoil(struck, plain, tls, request.get());
        } else {
            write(tls, "200 OK", "application/json", carriedOut(request.get(), isCounted), false);
        }
        return false;
    }

    private void spoil(TransportFault struck, Socket plain, SSLSocket tls, Request request) throws IOException {
        var answer = struck.reaches() == TransportFault.Reaches.THE_POOL ? carriedOut(request, true) : new byte[0];
        switch (struck) {
            case RESET_BEFORE_THE_CALL, RESET_AFTER_THE_CALL -> plain.setSoLinger(true, 0);
            case HANG -> {
                // not a byte until the client gives up
                hang.complete(null);
                while (tls.getInputStream().read() >= 0) {
                    // nothing more is expected
                }
            }
            case HALF_ANSWER -> {
                var head = head("200 OK", "application/json", answer.length, true);
                tls.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                tls.getOutputStream().write(Arrays.copyOf(answer, answer.length / 2));
            }
            case GARBAGE -> tls.getOutputStream().write("\0\1\2 no HTTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            case HTTP_500 -> write(tls, "500 Internal Error", "text/html", page(), false);
            case HTML -> write(tls, "200 OK", "text/html", page(), false);
            case SESSION_INVALID, HOST_IS_SLAVE, HOST_STILL_BOOTING -> {
                if (request.isCall()) {
                    refuseCall(struck, tls);
                } else {
                    refuseDocument(struck, tls);
                }
            }
            default -> throw new IllegalStateException(struck + " strikes before a call is read");
        }
        plainClose(struck, plain);
    }

    /** Without TLS' goodbye where the connection is to end in the middle. */
    private static void plainClose(TransportFault struck, Socket plain) throws IOException {
        switch (struck) {
            case RESET_BEFORE_THE_CALL, RESET_AFTER_THE_CALL, HALF_ANSWER -> plain.close();
            default -> {
                // ends in good order
            }
        }
    }

    private byte[] carriedOut(Request request, boolean isCounted) {
        if (isCounted) {
            executed.incrementAndGet();
        }
        return request.isCall() ? withoutWire(request.body()).join().body() : DOCUMENT;
    }

    private void refuseCall(TransportFault struck, SSLSocket tls) throws IOException {
        var error = switch (struck) {
            case SESSION_INVALID -> "{\"code\":1,\"message\":\"SESSION_INVALID\",\"data\":[\"OpaqueRef:x\"]}";
            case HOST_IS_SLAVE -> "{\"code\":1,\"message\":\"HOST_IS_SLAVE\",\"data\":[\"" + address + "\"]}";
            default -> "[\"" + struck + "\"]";
        };
        var body = "{\"jsonrpc\":\"2.0\",\"error\":" + error + ",\"id\":0}";
        write(tls, "200 OK", "application/json", body.getBytes(StandardCharsets.US_ASCII), false);
    }

    private void refuseDocument(TransportFault struck, SSLSocket tls) throws IOException {
        switch (struck) {
            case SESSION_INVALID -> write(tls, "401 Unauthorised", "text/html", page(), false);
            case HOST_IS_SLAVE ->
                write(
                        tls,
                        "302 Found\r\nlocation: https://" + address + ":" + port + "/updates",
                        "text/html",
                        page(),
                        false);
            default -> {
                var page = "<html><body><h1>HTTP 500</h1>" + struck + ": [  ]</body></html>";
                write(tls, "500 Internal Error", "text/html", page.getBytes(StandardCharsets.US_ASCII), false);
            }
        }
    }

    private static byte[] result(String json) {
        return ("{\"jsonrpc\":\"2.0\",\"result\":" + json + ",\"id\":1}").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] page() {
        return "<html><body><h1>Please wait</h1></body></html>".getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(SSLSocket tls, String status, String type, byte[] body, boolean keepAlive)
            throws IOException {
        var answer = new ByteArrayOutputStream();
        answer.writeBytes(head(status, type, body.length, keepAlive).getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(body);
        tls.getOutputStream().write(answer.toByteArray());
        tls.getOutputStream().flush();
    }

    private static String head(String status, String type, int length, boolean keepAlive) {
        return "HTTP/1.1 " + status + "\r\ncontent-length: " + length + "\r\nconnection: "
                + (keepAlive ? "keep-alive" : "close") + "\r\ncontent-type: " + type + "\r\n\r\n";
    }

    /** The next request; empty when there is none. */
    private static Optional<Request> request(InputStream in) throws IOException {
        var first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).trim());
            }
        }
        return Optional.of(new Request(first, in.readNBytes(length)));
    }

    /** @param line for example {@code GET /updates HTTP/1.1} */
    private record Request(String line, byte[] body) {

        /** Of a message, not for a document. */
        boolean isCall() {
            return line.startsWith("POST ");
        }

        /** The message, or what is to be fetched. */
        String name() {
            return isCall()
                    ? bare(JsonMapper.shared().readTree(body).get("method").stringValue())
                    : line.substring(0, line.lastIndexOf(' '));
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    static String bare(String method) {
        return method.startsWith("Async.") ? method.substring("Async.".length()) : method;
    }

    @Override
    public void close() throws IOException {
        var socket = listening;
        if (socket != null) {
            socket.close();
        }
        // the kernel goes on listening until the thread that waits for connections has let go
        accepting.orTimeout(LETTING_GO.toSeconds(), TimeUnit.SECONDS).join();
        for (var connection : open) {
            connection.close();
        }
    }

    /** A self-signed certificate, ready to listen with. */
    record Identity(SSLContext context, String fingerprint) {

        static Identity of(String name) {
            try {
                X509Bundle bundle = new CertificateBuilder()
                        .ecp256()
                        .subject("CN=" + name)
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
                var context = SSLContext.getInstance("TLS");
                context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
                return new Identity(context, Fingerprint.of(bundle.getCertificate()));
            } catch (Exception e) {
                throw new IllegalStateException("every JDK makes certificates", e);
            }
        }
    }
}
