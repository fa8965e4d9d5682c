package io.xenpatch.pool;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiFailure;
import org.springframework.stereotype.Component;

/** Tries a way to reach a pool before anything of it is stored. */
@Component
class FirstContact {
    private final XapiConnections xapi;

    FirstContact(XapiConnections xapi) {
        this.xapi = xapi;
    }

    /**
     * Connects, logs in, follows a supporter to its coordinator and reads everything.
     *
     * @param name as the person knows the pool
     * @throws ProblemException what {@link XapiProblems} makes of the failure
     */
    Reached reach(PoolAccess access, String name) {
        try (var pool = xapi.open(access)) {
            var snapshot = pool.pool().observe();
            return new Reached(snapshot, pool.access());
        } catch (XapiFailure failure) {
            throw XapiProblems.of(failure, name);
        }
    }
}
