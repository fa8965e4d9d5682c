package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.Permissions;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * Until when the certificates of hosts are valid that others see, as the coordinator recorded it; where it keeps no records
     * (before XAPI's release stockholm), as the hosts tell it. Hosts of which neither is known are absent.
     */
    @XapiCall(value = "Certificate.get_all_records", effect = Effect.READ)
    Map<HostUuid, Instant> certificatesEnd();

    /** Turns high availability off; refused where it is off ({@code HA_NOT_ENABLED}). */
    @XapiCall(value = "pool.disable_ha", effect = Effect.ONCE)
    XapiTaskRef disableHa();

    /** Turns high availability on, with a heartbeat on this storage; every host must be live and see it. */
    @XapiCall(value = "pool.enable_ha", effect = Effect.ONCE)
    XapiTaskRef enableHa(Set<SrUuid> heartbeat, Map<String, String> configuration);

    /** How many hosts may fail; while it is on, refused where that would break its plan. */
    @XapiCall(value = "pool.set_ha_host_failures_to_tolerate", effect = Effect.IDEMPOTENT)
    XapiTaskRef setFailuresToTolerate(long hosts);

    /** Workload balancing, where it is set up. */
    @XapiCall(value = "pool.set_wlb_enabled", effect = Effect.IDEMPOTENT)
    void setWlbEnabled(boolean enabled);

    /** Whether the server synchronises its repositories by itself. */
    @XapiCall(value = "pool.set_update_sync_enabled", effect = Effect.IDEMPOTENT)
    void setUpdateSyncEnabled(boolean enabled);

    /** One key of the pool's {@code other_config}. Two calls: in between, the key is absent. */
    @XapiCall(value = "pool.add_to_other_config", also = "pool.remove_from_other_config", effect = Effect.IDEMPOTENT)
    void setOtherConfig(String key, String value);

    /** The pool's live-patching switch. XAPI stores it and ignores it (R4). */
    @XapiCall(value = "pool.set_live_patching_disabled", effect = Effect.IDEMPOTENT)
    void setLivePatchingDisabled(boolean disabled);
}
