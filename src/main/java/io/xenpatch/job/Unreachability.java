package io.xenpatch.job;

import io.xenpatch.xapi.XapiFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do when the pool can't be read between steps. Steps that wait for a host judge that themselves. */
final class Unreachability {

    private Unreachability() {}

    /** The end of the pool update; empty = look again. Once a host was touched there is no giving up between steps. */
    static Optional<Tick> of(Slice slice, XapiFailure failure) {
        PoolUpdate pool = slice.pool();
        if (pool.state() != PoolUpdateState.PRECHECKING) {
            return Optional.empty();
        }
        @Nullable String certain = certain(failure);
        Instant since = pool.startedAt() == null ? pool.createdAt() : pool.startedAt();
        if (certain == null && slice.time().isBefore(since.plus(slice.settings().unreachableBeforeStart()))) {
            return Optional.empty();
        }
        Failure why = new Failure(
                certain == null ? "POOL_UNREACHABLE" : certain,
                "Pool " + pool.poolName()
                        + " could not be read before the start: nothing was touched. Check the pool's "
                        + "connection with GET /api/v1/pools/" + pool.pool() + " and start a new job.",
                List.of(failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage()));
        slice.save(
                pool.ended(PoolUpdateState.REJECTED, why, slice.time()),
                slice.poolEvent("pool-update.rejected", java.util.Map.of("code", why.code())));
        return Optional.of(Tick.ENDED);
    }

    private static @Nullable String certain(XapiFailure failure) {
        if (failure instanceof XapiFailure.CertificateRefused) {
            return "CERTIFICATE_CHANGED";
        }
        return failure instanceof XapiFailure.AuthenticationFailed ? "POOL_AUTHENTICATION_FAILED" : null;
    }
}
