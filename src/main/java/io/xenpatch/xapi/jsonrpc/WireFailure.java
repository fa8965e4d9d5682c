package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.CertificateNotPinned;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.XapiFailure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What an exception of the HTTP client means: above all, whether anything can have been sent. */
final class WireFailure {
    private static final List<Class<? extends Throwable>> NOT_SENT = List.of(
            ConnectException.class,
            HttpConnectTimeoutException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            UnresolvedAddressException.class,
            SSLHandshakeException.class);

    private WireFailure() {}

    /** A failure of ours stays what it is; anything that is not surely "not sent" counts as sent. */
    static XapiFailure toXapi(Endpoint endpoint, Throwable failure) {
        var chain = chain(failure);
        return find(chain, XapiFailure.class)
                .or(() -> refused(endpoint, chain))
                .or(() -> foreign(endpoint, chain))
                .orElseGet(() ->
                        NOT_SENT.stream().anyMatch(kind -> find(chain, kind).isPresent())
                                ? new XapiFailure.Unreachable("no connection to " + endpoint + ": " + text(chain))
                                : new XapiFailure.AnswerLost("no answer from " + endpoint + ": " + text(chain)));
    }

    /** A failure that is one of ours already, whatever it is wrapped in. */
    static Optional<XapiFailure> ours(Throwable failure) {
        return find(chain(failure), XapiFailure.class);
    }

    /** For a step in which nothing is ever sent. */
    static XapiFailure beforeSending(Endpoint endpoint, Throwable failure) {
        var chain = chain(failure);
        return find(chain, XapiFailure.class)
                .or(() -> foreign(endpoint, chain))
                .orElseGet(() -> new XapiFailure.Unreachable("no connection to " + endpoint + ": " + text(chain)));
    }

    private static Optional<XapiFailure> refused(Endpoint endpoint, List<Throwable> chain) {
        return find(chain, CertificateNotPinned.class)
                .map(cause -> new XapiFailure.CertificateRefused(
                        endpoint + " presents a certificate that is not accepted there", cause.presented()));
    }

    private static Optional<XapiFailure> foreign(Endpoint endpoint, List<Throwable> chain) {
        var noTls = find(chain, SSLException.class)
                .filter(cause -> String.valueOf(cause.getMessage()).contains("unrecognized SSL message"))
                .isPresent();
        if (noTls) {
            return Optional.of(new XapiFailure.NotXapi(endpoint + " does not speak TLS"));
        }
        return find(chain, ProtocolException.class)
                .map(cause -> new XapiFailure.NotXapi(endpoint + " does not speak HTTP"));
    }

    private static List<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        for (@Nullable Throwable each = failure; each != null && !chain.contains(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private static <T extends Throwable> Optional<T> find(List<Throwable> chain, Class<? extends T> kind) {
        return chain.stream().filter(kind::isInstance).findFirst().map(kind::cast);
    }

    /** The first words that say something; causes of the JDK repeat themselves. */
    private static String text(List<Throwable> chain) {
        return chain.stream()
                .filter(each -> !(each instanceof CompletionException))
                .map(WireFailure::words)
                .findFirst()
                .orElse("unknown");
    }

    private static String words(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "not in time";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
