package io.xenpatch.egress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * All HTTP that leaves the process: one client for nearly all requests, and a few more for those that trust a peer in another way
 * than somebody else does at the same time, one for large bodies, and one for servers that certificate authorities vouch for.
 * HTTP/1.1, no proxy, no redirects.
 */
public final class Egress implements AutoCloseable {
    private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";
    /** Seconds; JDK 17 would keep idle connections for 20 minutes. */
    private static final int IDLE = 30;

    private static final String BUFFER = "jdk.httpclient.bufsize";
    /** Bytes; a connection keeps several times as much for as long as it lives, and every watched pool has one. */
    private static final int BUFFER_BYTES = 2048;

    private static final int SECOND = 1;

    /** Enough however many exchanges are under way: none of them may hold a thread while it waits. */
    private static final int THREADS =
            Math.max(2, Math.min(6, Runtime.getRuntime().availableProcessors()));

    /** Looks at certificates at the same time. They do hold threads, each for one handshake. */
    private static final int LOOKERS = 16;

    private static final Duration IDLE_THREAD = Duration.ofSeconds(15);

    /** Each more costs a thread once it is needed. */
    private static final int CLIENTS = 8;

    /** The number of the client that trusts the certificate authorities that the JDK trusts, and checks names. */
    private static final int AUTHORITIES = -1;

    private final AcceptedCertificates accepted;
    private final ExecutorService threads = threads("egress-", THREADS);
    private final ExecutorService lookers = threads("egress-look-", LOOKERS);
    private final Map<Integer, HttpClient> clients = new ConcurrentHashMap<>();
    private final SSLContext unverified;
    private final StreamingClient streams;
    private final Duration connectTimeout;

    static {
        // a call that is sent into a connection which the server has long closed counts as lost although it never
        // arrived
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, String.valueOf(IDLE));
        }
        if (System.getProperty(BUFFER) == null) {
            System.setProperty(BUFFER, String.valueOf(BUFFER_BYTES));
        }
    }

    public Egress(EgressProperties properties) {
        connectTimeout = properties.connectTimeout();
        unverified = context(new Unverified());
        streams = new StreamingClient(unverified, connectTimeout);
        // twice: a client looks for what to close only now and then
        var longestIdle = Duration.ofSeconds(2L * Integer.getInteger(KEEP_ALIVE, IDLE));
        accepted = new AcceptedCertificates(CLIENTS, longestIdle, System::nanoTime);
    }

    private HttpClient client(int number) {
        return clients.computeIfAbsent(number, this::newClient);
    }

    private HttpClient newClient(int number) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(connectTimeout)
                .sslContext(number == AUTHORITIES ? authorities() : context(new PinnedTrust(accepted, number)))
                .executor(threads)
                .build();
    }

    private static SSLContext authorities() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK speaks TLS", e);
        }
    }

    private static ExecutorService threads(String name, int most) {
        var number = new AtomicInteger();
        var executor = new ThreadPoolExecutor(
                most, most, IDLE_THREAD.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static SSLContext context(TrustManager trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            // a resumed session shows no certificate: keep none that could outlive a changed pin
            context.getClientSessionContext().setSessionCacheSize(1);
            context.getClientSessionContext().setSessionTimeout(SECOND);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK speaks TLS", e);
        }
    }

    /**
     * Sends a request; no connection carries it that has another certificate than one of these.
     *
     * <p>What depends on the answer runs on a few threads that all exchanges share: it must not wait for anything.
     *
     * @param body must end when the answer has ended, not before: until then others are kept off the connection
     * @param fingerprints {@link Fingerprint}s, ignored for plain HTTP
     * @return may be cancelled, which ends the exchange; fails with {@link CertificateNotPinned} among the causes when another certificate is presented
     */
    public <T> CompletableFuture<HttpResponse<T>> send(
            HttpRequest request, HttpResponse.BodyHandler<T> body, Set<String> fingerprints) {
        var uri = request.uri();
        if (!"https".equals(uri.getScheme())) {
            return send(request, body, new AcceptedCertificates.Lease(0, () -> {}));
        }
        try {
            return send(request, body, accepted.accept(uri.getHost(), uri.getPort(), fingerprints));
        } catch (TooManyTrusts e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Fetches a document whole. Redirects are not followed.
     *
     * @return may be cancelled, which ends the exchange; fails with {@link IOException} among the causes when nothing that can be read
     *     is answered or the document is too large, with {@link TimeoutException} when its time is over, and with
     *     {@link CertificateNotPinned} when another certificate is presented
     */
    public CompletableFuture<Document> fetch(DocumentRequest wanted) {
        var request = HttpRequest.newBuilder(wanted.address())
                .timeout(wanted.longest())
                .header("User-Agent", "xenpatch");
        wanted.headers().forEach(request::header);
        var body = (HttpResponse.BodyHandler<byte[]>) head -> new LimitedBody(wanted.largest());
        var exchange = wanted.fingerprints().isEmpty()
                ? send(request.build(), body, new AcceptedCertificates.Lease(AUTHORITIES, () -> {}))
                : send(request.build(), body, wanted.fingerprints());
        // the client's own limit ends with the head of the answer
        var answer = exchange.thenApply(Document::of)
                .exceptionallyCompose(Egress::withOneWordForTooLate)
                .orTimeout(wanted.longest().toMillis(), TimeUnit.MILLISECONDS);
        var unused = answer.whenComplete((document, failure) -> exchange.cancel(true));
        return answer;
    }

    private static CompletableFuture<Document> withOneWordForTooLate(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return CompletableFuture.failedFuture(
                cause instanceof HttpTimeoutException ? new TimeoutException("no answer in time") : cause);
    }

    private <T> CompletableFuture<HttpResponse<T>> send(
            HttpRequest request, HttpResponse.BodyHandler<T> body, AcceptedCertificates.Lease lease) {
        try {
            var sent = client(lease.client()).sendAsync(request, body);
            // the client itself would run what depends on the answer in the common pool: on a small machine, in a new
            // thread each time
            var answer = sent.whenCompleteAsync((response, failure) -> lease.end(), threads);
            var unused = answer.whenComplete((response, failure) -> {
                if (answer.isCancelled()) {
                    sent.cancel(true);
                }
            });
            return answer;
        } catch (RuntimeException e) {
            lease.end();
            throw e;
        }
    }

    /**
     * Sends a large body in pieces, as fast as the server takes them, on a connection of its own.
     *
     * @return what the server says to it, as soon as it has refused it or taken all; to cancel it ends the connection. Fails with
     *     {@link CertificateNotPinned} when another certificate is presented, then nothing was sent
     */
    public CompletableFuture<StreamedPut.Answer> stream(StreamedPut put) {
        return streams.send(put);
    }

    /**
     * The {@link Fingerprint} of the certificate that a server presents, whoever it is. Nothing is sent.
     *
     * @return fails with {@link IOException} among the causes
     */
    public CompletableFuture<String> presentedBy(String host, int port, Duration limit) {
        return CompletableFuture.supplyAsync(() -> handshake(host, port, limit), lookers);
    }

    private String handshake(String host, int port, Duration limit) {
        var shorter = limit.compareTo(connectTimeout) < 0 ? limit : connectTimeout;
        var millis = (int) Math.max(1, shorter.toMillis());
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), millis);
            plain.setSoTimeout(millis);
            try (var socket = (SSLSocket) unverified.getSocketFactory().createSocket(plain, host, port, true)) {
                socket.startHandshake();
                return Fingerprint.of(socket.getSession().getPeerCertificates()[0]);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        streams.close();
        threads.shutdownNow();
        lookers.shutdownNow();
    }
}
