package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.PoolUuid;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Registers pools. */
@Service
public class PoolRegistration {
    private final FirstContact contact;
    private final XapiProperties xapi;
    private final PoolLedger ledger;
    private final PoolWatcher watcher;
    private final PoolReading reading;

    PoolRegistration(
            FirstContact contact, XapiProperties xapi, PoolLedger ledger, PoolWatcher watcher, PoolReading reading) {
        this.contact = contact;
        this.xapi = xapi;
        this.ledger = ledger;
        this.watcher = watcher;
        this.reading = reading;
    }

    /**
     * Connects, reads everything and keeps it. When anything of that fails, nothing is stored.
     *
     * @throws ProblemException {@code validation-failed}, {@code pool-unreachable}, {@code not-a-pool}, {@code certificate-changed},
     *     {@code pool-authentication-failed}, {@code pool-refused}, {@code pool-already-registered}
     */
    public PoolView register(Caller caller, NewPool request) {
        Endpoint endpoint = Address.parse(request.address(), xapi.allowPlainHttp());
        String expected = request.tlsFingerprint() == null ? null : Fingerprint.parse(request.tlsFingerprint());
        var credentials = new Credentials(request.username(), request.password());
        var reached = contact.reach(new PoolAccess(endpoint, credentials, List.of(), expected), Address.show(endpoint));

        PoolUuid pool = reached.snapshot().uuid();
        if (ledger.isRegistered(pool)) {
            throw alreadyRegistered(pool);
        }
        try {
            ledger.enter(caller, endpoint, reached, request.labels());
        } catch (DuplicateKeyException e) {
            // somebody else registered it at the same time
            throw alreadyRegistered(pool);
        }
        watcher.look();
        return reading.pool(caller, pool);
    }

    private static ProblemException alreadyRegistered(PoolUuid pool) {
        return new ProblemException(
                ProblemType.POOL_ALREADY_REGISTERED,
                "What answers there is pool " + pool + ", which is registered already.",
                List.of(),
                Map.of("poolUuid", pool.toString()));
    }
}
