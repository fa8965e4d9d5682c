package io.xenpatch.job;

import io.xenpatch.xapi.XapiFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to do when the pool can't be read between steps. Steps that wait for a host judge that themselves. */
final class Unreachability {
    private static final Logger LOG = LoggerFactory.getLogger(Unreachability.class);

    private Unreachability() {}

    /**
     * Keeps since when the pool is silent, and gives up after the time that the settings allow: before its first host was touched the
     * pool update is rejected, later the host that was at work fails and stops the pool (R30). What takes fixes back has limits of
     * its own.
     *
     * @return empty = look again
     */
    static Optional<Tick> of(Slice slice, XapiFailure failure) {
        PoolUpdate pool = slice.pool();
        if (pool.state() == PoolUpdateState.REVERTING) {
            return Optional.empty();
        }
        boolean rolling = pool.state() != PoolUpdateState.PRECHECKING;
        boolean touched = rolling || pool.isTouched();
        @Nullable String certain = touched ? null : certain(failure);
        if (certain == null && slice.time().isBefore(since(slice, failure).plus(limit(slice, touched)))) {
            return Optional.empty();
        }
        return rolling ? Rolling.giveUp(slice, words(failure)) : Optional.of(reject(slice, certain, failure));
    }

    /** The pool was asked, and nobody complained. */
    static void isOver(Slice slice) {
        PoolUpdate pool = slice.pool();
        if (pool.silentSince() != null && !pool.state().isTerminal()) {
            slice.save(pool.silent(null), slice.poolEvent("pool-update.pool-answers-again", Map.of()));
        }
    }

    private static Instant since(Slice slice, XapiFailure failure) {
        PoolUpdate pool = slice.pool();
        Instant known = pool.silentSince();
        if (known != null) {
            return known;
        }
        LOG.warn("Update job {} can't read pool {}: {}", pool.job(), pool.poolName(), words(failure));
        Instant now = slice.time();
        slice.save(pool.silent(now), slice.poolEvent("pool-update.pool-silent", Map.of("detail", words(failure))));
        return now;
    }

    private static Duration limit(Slice slice, boolean touched) {
        JobSettings settings = slice.settings();
        return touched ? settings.poolAnswers() : settings.unreachableBeforeStart();
    }

    private static Tick reject(Slice slice, @Nullable String certain, XapiFailure failure) {
        PoolUpdate pool = slice.pool();
        Failure why = new Failure(
                certain == null ? Reasons.POOL_UNREACHABLE : certain,
                "Pool " + pool.poolName() + " could not be read. " + pool.stateInWords() + " Check the pool's "
                        + "connection with GET /api/v1/pools/" + pool.pool() + " and start a new job.",
                List.of(words(failure)));
        return Prechecking.reject(slice, why);
    }

    private static String words(XapiFailure failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static @Nullable String certain(XapiFailure failure) {
        if (failure instanceof XapiFailure.CertificateRefused) {
            return "CERTIFICATE_CHANGED";
        }
        return failure instanceof XapiFailure.AuthenticationFailed ? "POOL_AUTHENTICATION_FAILED" : null;
    }
}
