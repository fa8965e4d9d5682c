package io.xenpatch.job;

import io.xenpatch.xen.HostUuid;
import java.util.Map;

/** What people asked of a pool update takes effect at the next slice: cancel, pause, resume, skip (P5.6, R29). */
final class WishesHeard {

    private WishesHeard() {}

    static void hear(Slice slice) {
        PoolUpdateState state = slice.pool().state();
        boolean works = state == PoolUpdateState.RUNNING || state == PoolUpdateState.PAUSED;
        if (works && slice.pool().cancelRequested()) {
            to(slice, PoolUpdateState.CANCELLING, "pool-update.cancelling");
        } else if (state == PoolUpdateState.RUNNING && slice.pool().pauseRequested()) {
            to(slice, PoolUpdateState.PAUSED, "pool-update.paused");
        } else if (state == PoolUpdateState.PAUSED && !slice.pool().pauseRequested()) {
            to(slice, PoolUpdateState.RUNNING, "pool-update.resumed");
        }
        slice.pool().wishes().skip().forEach(host -> skip(slice, host));
    }

    private static void to(Slice slice, PoolUpdateState next, String event) {
        // answers that are hours old when it goes on are none
        slice.save(slice.pool().in(next).asking(null), slice.poolEvent(event, Map.of()));
    }

    private static void skip(Slice slice, HostUuid uuid) {
        slice.pool().hosts().stream()
                .filter(host -> host.host().equals(uuid))
                .findFirst()
                .ifPresent(host -> {
                    if (host.state() == HostUpdateState.PENDING) {
                        Rolling.skip(slice, host, onRequest(host));
                    } else if (host.state() == HostUpdateState.IN_PROGRESS && HostWork.mayTurnBack(host)) {
                        HostWork.turnBack(slice, host, onRequest(host));
                    }
                });
    }

    static Failure cancelled() {
        return Failure.of("CANCELLED", "The job was cancelled before this host started: it is untouched.");
    }

    static Failure onRequest(HostUpdate host) {
        return Failure.of(
                Reasons.SKIPPED_ON_REQUEST,
                "Somebody asked to leave host " + host.name() + " out: the update was not applied to it by this job.");
    }
}
