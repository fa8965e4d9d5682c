package io.xenpatch.job;

import com.github.kagkarlsson.scheduler.SchedulerName;
import io.xenpatch.assessment.PackageAsking;
import io.xenpatch.assessment.PrecheckProperties;
import io.xenpatch.assessment.XcpNgProperties;
import io.xenpatch.feed.UpdateFeed;
import io.xenpatch.pool.Pools;
import io.xenpatch.precheck.PrecheckLimits;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.PublishedUpdates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The only thing that moves a pool update forward: a tick is one bounded slice under a lease (ARCHITECTURE "Doing"). */
@Component
class PoolUpdateRunner implements Ticking {

    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration UNREACHABLE = Duration.ofSeconds(2);
    private static final Duration TURN = Duration.ofSeconds(5);

    /** A clock that was wrong, or a change that nobody told of, costs no more than this. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(10);

    private final String me;
    private final LongSupplier nanos;
    private final JobStore store;
    private final Pools pools;
    private final InstantSource clock;
    private final JobSettings settings;
    private final PackageAsking packages;
    private final PrecheckLimits limits;
    private final Supplier<Optional<PublishedUpdates>> feed;

    @Autowired
    PoolUpdateRunner(
            JobStore store,
            @Lazy Pools pools,
            InstantSource clock,
            JobSettings settings,
            XcpNgProperties packages,
            PrecheckProperties prechecks,
            UpdateFeed feed,
            SchedulerName instance) {
        this(
                // two that were given the same name by mistake must still not take each other's leases
                instance.getName() + "/" + UUID.randomUUID(),
                store,
                pools,
                clock,
                System::nanoTime,
                settings,
                packages.asking(),
                prechecks.limits(),
                feed::current);
    }

    /**
     * @param me names this runner among all that share the store
     * @param nanos the monotonic clock
     */
    PoolUpdateRunner(
            String me,
            JobStore store,
            Pools pools,
            InstantSource clock,
            LongSupplier nanos,
            JobSettings settings,
            PackageAsking packages,
            PrecheckLimits limits,
            Supplier<Optional<PublishedUpdates>> feed) {
        this.me = me;
        this.nanos = nanos;
        this.store = store;
        this.pools = pools;
        this.clock = clock;
        this.settings = settings;
        this.packages = packages;
        this.limits = limits;
        this.feed = feed;
    }

    @Override
    public Tick tick(PoolUpdateId id) {
        if (store.needsNewerProgram(id)) {
            return later(TURN);
        }
        Optional<PoolUpdate> found = store.poolUpdate(id);
        if (found.isEmpty() || found.get().state().isTerminal()) {
            return Tick.ENDED;
        }
        if (found.get().state() == PoolUpdateState.WAITING) {
            Instant now = clock.instant();
            if (found.get().isScheduled(now) && !found.get().cancelRequested()) {
                return Tick.at(earlier(Objects.requireNonNull(found.get().notBefore()), now.plus(LONGEST_SLEEP)));
            }
            PoolUpdateState state = store.tryBegin(id, now);
            if (state == PoolUpdateState.WAITING) {
                return later(TURN);
            }
            return state.isTerminal() ? Tick.ENDED : later(Duration.ZERO);
        }
        return underLease(found.get());
    }

    private Tick underLease(PoolUpdate seen) {
        long leaseEnd = nanos.getAsLong() + JobStore.LEASE.toNanos();
        Optional<Lease> lease = store.claim(seen.world(), seen.pool(), me);
        if (lease.isEmpty()) {
            return later(BUSY);
        }
        try {
            // read again: the former owner may have written between our first look and the claim
            PoolUpdate pool = store.poolUpdate(seen.id()).orElse(seen);
            if (pool.state().isTerminal()) {
                return Tick.ENDED;
            }
            return work(new Slice(
                    store,
                    lease.get(),
                    pools.connection(pool.pool()),
                    clock,
                    settings,
                    packages,
                    limits,
                    feed.get(),
                    pool,
                    nanos,
                    leaseEnd));
        } catch (LeaseLost lost) {
            return later(BUSY);
        } finally {
            store.release(lease.get());
        }
    }

    private Tick work(Slice slice) {
        try {
            Tick next = switch (slice.pool().state()) {
                case PRECHECKING -> Prechecking.slice(slice);
                case REVERTING -> Ending.slice(slice);
                default -> Rolling.slice(slice);
            };
            Unreachability.isOver(slice);
            return next;
        } catch (XapiFailure failure) {
            return Unreachability.of(slice, failure).orElseGet(() -> later(UNREACHABLE));
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Tick later(Duration delay) {
        Instant now = clock.instant();
        return Tick.at(now.plus(delay));
    }
}
