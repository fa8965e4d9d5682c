package io.xenpatch.pool;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Tries a way to reach a pool before anything of it is stored. */
@Component
class FirstContact {
    private final XapiConnections xapi;

    FirstContact(XapiConnections xapi) {
        this.xapi = xapi;
    }

    /**
     * Connects, logs in, follows a supporter to its coordinator and reads what the inventory shows, as a watch does.
     *
     * @param name as the person knows the pool
     * @throws ProblemException what {@link XapiProblems} makes of the failure
     */
    Reached reach(PoolAccess access, String name) {
        try (var pool = xapi.open(access)) {
            return new Reached(everything(pool), pool.access());
        } catch (XapiFailure failure) {
            throw XapiProblems.of(failure, name);
        }
    }

    private static PoolSnapshot everything(XapiPool pool) {
        try {
            return pool.mirror().next(Duration.ZERO).join().orElseThrow();
        } catch (CompletionException e) {
            throw e.getCause() instanceof XapiFailure failure ? failure : e;
        }
    }
}
