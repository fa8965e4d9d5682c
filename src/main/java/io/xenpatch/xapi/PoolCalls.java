package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.Permissions;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** XAPI class {@code pool}. */
public interface PoolCalls {

    /** Reads the whole pool now: its hosts, guests, storage, updates. */
    @XapiCall(value = "pool.get_all_records", effect = Effect.READ)
    PoolSnapshot observe();

    /**
     * The certificates of all hosts as the coordinator knows them; also remembered as pins of this connection (R38). Not awaited here:
     * the coordinator asks every host, and one that is away takes its time.
     *
     * @return completes exceptionally with {@link XapiFailure}
     */
    @XapiCall(value = "host.get_server_certificate", effect = Effect.READ)
    CompletableFuture<List<HostPin>> certificates();

    /**
     * What the user of this connection may call: all of it for the local superuser.
     *
     * @throws XapiFailure.AnswerLost also when the server's sessions do not tell it
     */
    @XapiCall(value = "session.get_record", effect = Effect.READ)
    Permissions permissions();

    /**
     * Until when the certificates of hosts are valid that others see, as the coordinator recorded it; hosts without such a record are
     * absent.
     */
    @XapiCall(value = "Certificate.get_all_records", effect = Effect.READ)
    Map<HostUuid, Instant> certificatesEnd();

    /** The pool's live-patching switch. XAPI stores it and ignores it (R4). */
    @XapiCall(value = "pool.set_live_patching_disabled", effect = Effect.IDEMPOTENT)
    void setLivePatchingDisabled(boolean disabled);
}
