package io.xenpatch.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of fix: what was before, how it shows in the pool, and the calls that make it and take it back (R34, R35). Recorded before the
 * first call, so that whoever takes the job up knows what to restore. Every call is decided from what the pool shows, so that it may be
 * made again.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PoolFixes.HaOff.class, name = "HA_OFF"),
    @JsonSubTypes.Type(value = PoolFixes.WlbOff.class, name = "WLB_OFF"),
    @JsonSubTypes.Type(value = PoolFixes.PoolAutoStartOff.class, name = "POOL_AUTO_START_OFF"),
    @JsonSubTypes.Type(value = GuestFixes.VmAutoStartOff.class, name = "VM_AUTO_START_OFF"),
    @JsonSubTypes.Type(value = PoolFixes.SyncPaused.class, name = "PAUSE_UPDATE_SYNC"),
    @JsonSubTypes.Type(value = GuestFixes.DiscEjected.class, name = "EJECT_CD"),
    @JsonSubTypes.Type(value = GuestFixes.VmSuspended.class, name = "SUSPEND_VM"),
    @JsonSubTypes.Type(value = GuestFixes.VmShutDown.class, name = "SHUTDOWN_VM"),
    @JsonSubTypes.Type(value = Preparations.StorageAttached.class, name = "RECONNECT_STORAGE"),
    @JsonSubTypes.Type(value = Preparations.HostSwitchedOn.class, name = "POWER_ON_HOST"),
    @JsonSubTypes.Type(value = Preparations.UpdatesFetched.class, name = "SYNC_UPDATES")
})
sealed interface FixAction
        permits PoolFixes.HaOff,
                PoolFixes.WlbOff,
                PoolFixes.PoolAutoStartOff,
                PoolFixes.SyncPaused,
                GuestFixes.VmAutoStartOff,
                GuestFixes.DiscEjected,
                GuestFixes.VmSuspended,
                GuestFixes.VmShutDown,
                Preparation {

    String AUTO_START = "auto_poweron";

    /** What the pool shows of it. */
    enum Seen {
        /** As it was before. */
        FORMER,
        /** As the fix makes it. */
        FIXED,
        /** Between the two: one of several calls is missing. */
        PARTLY,
        /** Neither: somebody else's doing. */
        OTHER,
        /** What it is about is no longer there. */
        GONE
    }

    Seen seen(PoolSnapshot pool);

    /** The next call that makes it. @return the task to wait for; empty when the call itself did it */
    Optional<XapiTaskRef> make(XapiPool xapi);

    /** The next call that takes it back. @return the task to wait for; empty when the call itself did it */
    Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool);

    /** What taking it back has to wait for; empty when nothing. */
    default Optional<String> obstacle(PoolSnapshot pool) {
        return Optional.empty();
    }

    /** What a person has to do who takes it back by hand. */
    String byHand();

    /** Whether the job counts as failed when it can't be taken back. */
    default boolean matters() {
        return true;
    }

    /** How long a call that has ended may take to show. */
    default Duration shows() {
        return Duration.ofSeconds(30);
    }

    /** Whether it takes as long as the guest has memory. */
    default boolean isLong() {
        return false;
    }

    /** A key that the two calls of a change may have left out in between. */
    static Seen setting(@Nullable String now, String former) {
        if (now == null) {
            return Seen.PARTLY;
        }
        if (now.equals(former)) {
            return Seen.FORMER;
        }
        return now.equals("false") ? Seen.FIXED : Seen.OTHER;
    }

    static Seen onOrOff(boolean on) {
        return on ? Seen.FORMER : Seen.FIXED;
    }
}
