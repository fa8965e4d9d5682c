package io.xenpatch.job;

import io.xenpatch.assessment.PackageAsking;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.precheck.PrecheckLimits;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PublishedUpdates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One slice of work on a pool: the lease, the pool as last saved, and the way to save it. */
final class Slice {

    /** A call that changes a pool ends within 5 s; one second is for the outcome. */
    private static final Duration NEEDED_FOR_A_CALL = Duration.ofSeconds(6);

    /** The intent is written: what is needed at least for the call itself. */
    private static final Duration NEEDED_TO_SEND = Duration.ofSeconds(5);

    private final JobStore store;
    private final Lease lease;
    private final XapiPool xapi;
    private final InstantSource clock;
    private final JobSettings settings;
    private final PackageAsking packages;
    private final PrecheckLimits limits;
    private final Optional<PublishedUpdates> feed;
    private final LongSupplier nanos;
    private final long leaseEndNanos;
    private PoolUpdate now;

    /**
     * @param feed what was published; empty where nobody knows
     * @param nanos the monotonic clock
     * @param leaseEndNanos by that clock
     */
    Slice(
            JobStore store,
            Lease lease,
            XapiPool xapi,
            InstantSource clock,
            JobSettings settings,
            PackageAsking packages,
            PrecheckLimits limits,
            Optional<PublishedUpdates> feed,
            PoolUpdate loaded,
            LongSupplier nanos,
            long leaseEndNanos) {
        this.store = store;
        this.lease = lease;
        this.xapi = xapi;
        this.clock = clock;
        this.settings = settings;
        this.packages = packages;
        this.limits = limits;
        this.feed = feed;
        this.now = loaded;
        this.nanos = nanos;
        this.leaseEndNanos = leaseEndNanos;
    }

    XapiPool xapi() {
        return xapi;
    }

    JobSettings settings() {
        return settings;
    }

    /** How XCP-ng hosts are asked. */
    PackageAsking packages() {
        return packages;
    }

    /** From where on prechecks object. */
    PrecheckLimits limits() {
        return limits;
    }

    /** What {@code {latest: true}} means on this pool where it is about update images. */
    LatestImages latest() {
        return new LatestImages(feed, Optional.ofNullable(now.settled()));
    }

    InstantSource clock() {
        return clock;
    }

    Instant time() {
        return clock.instant();
    }

    PoolUpdate pool() {
        return now;
    }

    /** Whether a call that changes the pool would surely end within the lease. */
    boolean hasTimeForACall() {
        return left() >= NEEDED_FOR_A_CALL.toNanos();
    }

    /**
     * Sends a call whose intent is committed, unless so much time went by since (a process that was stopped, a slow database) that another
     * runner may have the pool by now.
     *
     * @throws XapiFailure.Unreachable when it was not sent for that
     */
    <T> T sending(Supplier<T> call) {
        if (left() < NEEDED_TO_SEND.toNanos()) {
            throw new XapiFailure.Unreachable("the time that this runner had for the call was over before it was sent");
        }
        return call.get();
    }

    private long left() {
        return leaseEndNanos - nanos.getAsLong();
    }

    void save(PoolUpdate after, NewEvent... events) {
        store.save(lease, now, after, List.of(events));
        now = after;
    }

    HostUpdate save(HostUpdate after, NewEvent... events) {
        save(now.with(after), events);
        return after;
    }

    Step save(HostUpdate host, Step after, NewEvent... events) {
        save(now.hostUpdate(host.host()).with(after), events);
        return after;
    }

    NewEvent poolEvent(String type, Map<String, Object> data) {
        return event(type, null, data);
    }

    NewEvent hostEvent(String type, HostUpdate host, Map<String, Object> data) {
        Map<String, Object> all = new HashMap<>(data);
        all.put("host", host.name());
        return event(type, host.host().value(), all);
    }

    private NewEvent event(String type, @Nullable UUID host, Map<String, Object> data) {
        return new NewEvent(type, time(), now.pool().value(), host, now.job().value(), data);
    }
}
