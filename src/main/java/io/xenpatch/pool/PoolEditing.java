package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.ETag;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.PoolUuid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes how a pool is reached and what was said about it, and forgets pools. */
@Service
public class PoolEditing {
    private final FirstContact contact;
    private final XapiProperties xapi;
    private final PoolAmendments amendments;
    private final PoolConnections connections;
    private final PoolWatcher watcher;
    private final PoolReading reading;

    PoolEditing(
            FirstContact contact,
            XapiProperties xapi,
            PoolAmendments amendments,
            PoolConnections connections,
            PoolWatcher watcher,
            PoolReading reading) {
        this.contact = contact;
        this.xapi = xapi;
        this.amendments = amendments;
        this.connections = connections;
        this.watcher = watcher;
        this.reading = reading;
    }

    /**
     * Tries a new address, login or certificate before it takes the place of the former one; when that fails, nothing changes.
     *
     * @param ifMatch the {@code ETag} that the caller has read
     * @throws ProblemException {@code pool-not-found}, {@code precondition-required}, {@code precondition-failed} and those of
     *     {@link PoolRegistration#register}
     */
    public PoolView change(Caller caller, PoolUuid pool, @Nullable String ifMatch, PoolChange change) {
        var present = reading.pool(caller, pool);
        ETag.require(ifMatch, present.revision());
        if (!change.concernsAccess()) {
            amendments.label(caller, pool, present.revision(), change);
            return reading.pool(caller, pool);
        }

        var known = amendments.access(pool);
        var wanted = wanted(known, change);
        var reached = contact.reach(
                        wanted,
                        change.address() == null
                                ? present.name()
                                : wanted.endpoint().toString())
                .withFormerEndpoints(wanted.endpoint(), known.pins());
        if (!reached.snapshot().uuid().equals(pool)) {
            throw anotherPool(reached.snapshot().uuid(), change);
        }
        amendments.reach(caller, present.revision(), wanted.endpoint(), reached, change);
        connections.closeOutdated(pool);
        watcher.look();
        return reading.pool(caller, pool);
    }

    /** @throws ProblemException {@code pool-not-found}, {@code pool-busy}, {@code precondition-required}, {@code precondition-failed} */
    public void forget(Caller caller, PoolUuid pool, @Nullable String ifMatch) {
        var present = reading.pool(caller, pool);
        ETag.require(ifMatch, present.revision());
        amendments.forget(caller, pool, present);
        connections.closeOutdated(pool);
        watcher.look();
    }

    private PoolAccess wanted(PoolAccess access, PoolChange change) {
        var credentials = new Credentials(
                change.username() == null ? access.credentials().username() : change.username(),
                change.password() == null ? access.credentials().password() : change.password());
        var endpoint =
                change.address() == null ? access.endpoint() : Address.parse(change.address(), xapi.allowPlainHttp());
        // a confirmed certificate stands for the one host that is spoken to: it tells those of all others
        if (change.tlsFingerprint() != null) {
            return new PoolAccess(endpoint, credentials, List.of(), Fingerprint.parse(change.tlsFingerprint()));
        }
        // any host of the pool may be at a new address, but none elsewhere may answer in its place
        var pins = change.address() == null || endpoint.equals(access.endpoint())
                ? access.pins()
                : access.pins().stream()
                        .map(pin -> new HostPin(pin.host(), endpoint, pin.sha256()))
                        .toList();
        return new PoolAccess(endpoint, credentials, pins, access.expected());
    }

    private static ProblemException anotherPool(PoolUuid other, PoolChange change) {
        String pointer = change.address() == null ? "/tlsFingerprint" : "/address";
        return new ProblemException(
                ProblemType.VALIDATION_FAILED,
                "Another pool answers there: " + other + ". Register it instead.",
                List.of(new ProblemException.FieldError(pointer, "another pool answers there")),
                Map.of("poolUuid", other.toString()));
    }
}
