package io.xenpatch.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the store ever let two runners drive a pool at once: kept beside it, from what it answered. */
final class LeaseWatch {
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final List<String> broken = new ArrayList<>();
    private @Nullable Lease held;
    private Instant endsAt = Instant.MIN;
    private long latest;
    private @Nullable Instant lastLook;

    LeaseWatch(InstantSource clock) {
        this.clock = clock;
    }

    void claimed(Lease lease) {
        Instant now = clock.instant();
        if (held != null && !held.owner().equals(lease.owner()) && now.isBefore(endsAt)) {
            broken.add(lease.owner() + " got the lease that " + held.owner() + " had until " + endsAt + ", at " + now);
        }
        if (lease.epoch() <= latest) {
            broken.add("epoch " + lease.epoch() + " came after " + latest);
        }
        held = lease;
        endsAt = now.plus(JobStore.LEASE);
        latest = lease.epoch();
    }

    void released(Lease lease) {
        if (lease.epoch() == latest) {
            held = null;
        }
    }

    void saved(Lease lease) {
        if (lease.epoch() != latest) {
            broken.add(lease.owner() + " wrote under epoch " + lease.epoch() + " when it was " + latest);
        }
    }

    /** Somebody has a look that was due then; nothing that is at work is left alone for long. */
    void looked(Instant due) {
        if (lastLook != null && Duration.between(lastLook, due).compareTo(LONGEST) > 0) {
            broken.add("nobody looked from " + lastLook + " to " + due);
        }
        lastLook = clock.instant();
    }

    List<String> broken() {
        return broken;
    }
}
