package io.xenpatch.job;

import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is put right before a pool is planned, and stays so (R35). */
final class Preparations {

    private Preparations() {}

    /** Stays attached. */
    record StorageAttached(PbdUuid pbd) implements Preparation {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return FixRecording.connections(pool)
                    .filter(now -> now.pbd().equals(pbd))
                    .findFirst()
                    .map(now -> now.attached() ? FixAction.Seen.FIXED : FixAction.Seen.FORMER)
                    .orElse(FixAction.Seen.GONE);
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            return Optional.of(xapi.pbds().plug(pbd));
        }
    }

    /** Stays on. */
    record HostSwitchedOn(HostUuid host, String name) implements Preparation {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return pool.host(host)
                    .map(now -> now.live() && now.enabled()
                            ? FixAction.Seen.FIXED
                            : now.live() ? FixAction.Seen.PARTLY : FixAction.Seen.FORMER)
                    .orElse(FixAction.Seen.GONE);
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            return Optional.of(xapi.hosts().powerOn(host));
        }

        @Override
        public boolean isLong() {
            return true;
        }

        /** It boots: to be switched on again would do no good. */
        @Override
        public Duration shows() {
            return Duration.ofMinutes(30);
        }
    }

    /** @param before when the pool had synchronised last; null = never */
    record UpdatesFetched(@Nullable Instant before) implements Preparation {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            PoolRepositories now = pool.repositories();
            boolean synced =
                    now.syncedAt() != null && (before == null || now.syncedAt().isAfter(before));
            return synced ? FixAction.Seen.FIXED : FixAction.Seen.FORMER;
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            return Optional.of(xapi.repositories().synchronise(false));
        }

        @Override
        public boolean isLong() {
            return true;
        }
    }
}
