package io.xenpatch.feed;

import io.xenpatch.egress.CertificateNotPinned;
import io.xenpatch.egress.Document;
import io.xenpatch.egress.DocumentRequest;
import io.xenpatch.egress.DocumentTooLarge;
import io.xenpatch.egress.Egress;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A feed on a web server. */
final class WebFeed implements FeedSource {
    private static final int FOUND = 200;
    private static final int NOT_MODIFIED = 304;

    private final Egress egress;
    private final URI address;
    private final FeedSettings settings;

    WebFeed(Egress egress, URI address, FeedSettings settings) {
        this.egress = egress;
        this.address = address;
        this.settings = settings;
    }

    @Override
    public CompletableFuture<Reading> read(Marks known) {
        var request = new DocumentRequest(
                address, conditions(known), settings.largest().toBytes(), settings.longest(), fingerprints());
        return egress.fetch(request)
                .thenApply(WebFeed::reading)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(failure)));
    }

    private Set<String> fingerprints() {
        return settings.fingerprints().stream()
                .map(fingerprint -> fingerprint.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> conditions(Marks known) {
        var conditions = new HashMap<String, String>();
        if (!known.tag().isEmpty()) {
            conditions.put("If-None-Match", known.tag());
        } else if (!known.modified().isEmpty()) {
            conditions.put("If-Modified-Since", known.modified());
        }
        return conditions;
    }

    private static Reading reading(Document document) {
        return switch (document.status()) {
            case FOUND ->
                new Changed(document.body(), new Marks(document.header("etag"), document.header("last-modified")));
            case NOT_MODIFIED -> new Unchanged();
            default ->
                throw new FeedFailure(
                        FeedFailure.Code.REFUSED,
                        "The server answers with status " + document.status() + "; redirects are not followed.");
        };
    }

    /** Of what the client says only the kind is told on: its words may hold the whole address. */
    private FeedFailure told(Throwable failure) {
        return cause(failure, FeedFailure.class)
                .or(() -> cause(failure, DocumentTooLarge.class)
                        .map(e -> failure(
                                FeedFailure.Code.TOO_LARGE, "The document has more than " + settings.largest() + ".")))
                .or(() -> cause(failure, CertificateNotPinned.class)
                        .map(e -> failure(
                                FeedFailure.Code.CERTIFICATE_NOT_TRUSTED,
                                "The server presents the certificate " + e.presented()
                                        + ", which is none of the configured ones.")))
                .or(() -> cause(failure, SSLException.class)
                        .map(e -> failure(
                                FeedFailure.Code.CERTIFICATE_NOT_TRUSTED,
                                "There is no trusted connection with the server: no authority that is trusted here vouches for"
                                        + " its certificate, or it does not speak TLS.")))
                .or(() -> cause(failure, TimeoutException.class)
                        .map(e -> failure(
                                FeedFailure.Code.TIMED_OUT,
                                "The server did not answer within " + settings.longest() + ".")))
                .orElseGet(() -> failure(FeedFailure.Code.UNREACHABLE, "The server does not answer: " + kind(failure)));
    }

    private static FeedFailure failure(FeedFailure.Code code, String detail) {
        return new FeedFailure(code, detail);
    }

    private static String kind(Throwable failure) {
        return cause(failure, IOException.class)
                .map(e -> e.getClass().getSimpleName())
                .orElse(failure.getClass().getSimpleName());
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
