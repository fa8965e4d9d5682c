package io.xenpatch.job;

import io.xenpatch.assessment.PackageAsking;
import io.xenpatch.caller.Caller;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.pool.Pools;
import io.xenpatch.precheck.PrecheckLimits;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.jsonrpc.VirtualPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessResourceFailureException;

/** Jobs on one simulated pool, by the runner that the service has, in virtual time and one thread. */
record VirtualRun(
        VirtualPool pool,
        AtomicReference<XapiPool> connection,
        MemoryJobStore store,
        JobSettings settings,
        Optional<PublishedUpdates> feed)
        implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-03-01T22:00:00Z");
    private static final int MOST_TICKS = 20_000;
    private static final Duration SEEN_TO_CHANGE_NOTHING = Duration.ofSeconds(5);

    static VirtualRun of(Scenario scenario) {
        return of(scenario, TestSettings.job());
    }

    static VirtualRun of(Scenario scenario, JobSettings settings) {
        VirtualPool pool = new VirtualPool(scenario, START);
        return new VirtualRun(
                pool, new AtomicReference<>(pool.connect()), new MemoryJobStore(pool), settings, Optional.empty());
    }

    /** The same pool for a service that reads this feed. */
    VirtualRun reading(PublishedUpdates published) {
        return new VirtualRun(pool, connection, store, settings, Optional.of(published));
    }

    /** The connection that jobs have now. */
    XapiPool xapi() {
        return Objects.requireNonNull(connection.get());
    }

    /** A person tells the service where the pool is now. */
    void reconnect() {
        connection.getAndSet(pool.connect()).close();
    }

    UpdateUuid update(String name) {
        return seen().updates().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow()
                .uuid();
    }

    PoolSnapshot seen() {
        return xapi().pool().observe();
    }

    /** A host by its position, the coordinator is 0. */
    HostUuid host(int position) {
        return HostUuid.of(pool.hostUuids().get(position));
    }

    /** Uuids of all hosts, coordinator first, then by name. */
    List<String> inOrder() {
        return pool.hostUuids();
    }

    /** Every guest that runs, with the host that it runs on. */
    Map<VmUuid, HostUuid> homes() {
        return seen().vms().stream()
                .filter(vm -> vm.powerState().isResident())
                .collect(Collectors.toMap(VmSnapshot::uuid, vm -> Objects.requireNonNull(vm.residentOn())));
    }

    /** Where it was done, in order, once for every time. */
    List<String> hosts(JournalAction action) {
        return journal(action).stream().map(JournalEntry::hostUuid).toList();
    }

    List<JournalEntry> journal(JournalAction action) {
        return pool.journal().stream().filter(entry -> entry.action() == action).toList();
    }

    /** The pool update that is at work. */
    PoolUpdate only() {
        return store.poolUpdate(store.unfinished().get(0)).orElseThrow();
    }

    /** Runs a job to its end. @param targets empty = all */
    PoolUpdate job(UpdateUuid update, Set<HostUuid> targets, UpdatePolicy policy) {
        return job(new UpdateChoice.Image(update), targets, policy);
    }

    /** Runs a job to its end. @param targets empty = all */
    PoolUpdate job(UpdateChoice choice, Set<HostUuid> targets, UpdatePolicy policy) {
        return job(choice, targets, policy, () -> false, () -> {});
    }

    /** As {@link #job(UpdateChoice, Set, UpdatePolicy, BooleanSupplier, Runnable)}. */
    PoolUpdate job(
            UpdateUuid update, Set<HostUuid> targets, UpdatePolicy policy, BooleanSupplier when, Runnable happens) {
        return job(new UpdateChoice.Image(update), targets, policy, when, happens);
    }

    /**
     * The same, while somebody else does something.
     *
     * @param when asked between two ticks; what is to happen then happens once
     */
    PoolUpdate job(
            UpdateChoice choice, Set<HostUuid> targets, UpdatePolicy policy, BooleanSupplier when, Runnable happens) {
        PoolUpdate work = begin(choice, targets, policy);
        return toItsEnd(work, when, happens);
    }

    /**
     * Runs to its end what another process began.
     *
     * @param begun makes of a pool that begins what that process left
     */
    PoolUpdate goOn(UpdateChoice choice, UpdatePolicy policy, UnaryOperator<PoolUpdate> begun) {
        PoolUpdate work = begin(choice, Set.of(), policy);
        PoolUpdate beginning = store.poolUpdate(work.id()).orElseThrow();
        Lease lease = store.claim(work.world(), work.pool(), "another").orElseThrow();
        store.save(lease, beginning, begun.apply(beginning), List.of());
        store.release(lease);
        return toItsEnd(work, () -> false, () -> {});
    }

    private PoolUpdate begin(UpdateChoice choice, Set<HostUuid> targets, UpdatePolicy policy) {
        NewJob job = JobSamples.job(seen().uuid(), choice, targets, policy, pool.instant(), settings.startPatience());
        store.create(job, List.of());
        return job.pools().get(0);
    }

    /** Runs a job that has times of its own to its end. */
    PoolUpdate job(UpdateChoice choice, UpdatePolicy policy, StartTimes times, BooleanSupplier when, Runnable happens) {
        NewJob job = JobSamples.job(
                seen().uuid(), choice, Set.of(), policy, pool.instant(), settings.startPatience(), times);
        store.create(job, List.of());
        return toItsEnd(job.pools().get(0), when, happens);
    }

    private PoolUpdate toItsEnd(PoolUpdate work, BooleanSupplier when, Runnable happens) {
        PoolUpdateRunner runner = runner(work);
        Tick tick = Tick.at(pool.instant());
        boolean happened = false;
        for (int ticks = 0; tick.nextLook() != null; ticks++) {
            if (ticks > MOST_TICKS) {
                throw new AssertionError("no end after " + ticks + " ticks: " + store.poolUpdate(work.id()));
            }
            pool.advanceTo(next(tick.nextLook()));
            if (!happened && when.getAsBoolean()) {
                happens.run();
                happened = true;
            }
            try {
                tick = runner.tick(work.id());
            } catch (DataAccessResourceFailureException lost) {
                // as the scheduler does
                tick = Tick.at(pool.instant().plusSeconds(5));
            } catch (MemoryJobStore.Died dead) {
                // another process goes on, as soon as nobody can be at work any more
                runner = runner(work);
                tick = Tick.at(pool.instant().plus(JobStore.LEASE));
            }
        }
        return store.poolUpdate(work.id()).orElseThrow();
    }

    /** The service looks again and again while it waits; what it can't see change is left out here. */
    private Instant next(Instant look) {
        return look.isAfter(pool.instant()) ? pool.worthALook(look, look.plus(SEEN_TO_CHANGE_NOTHING)) : look;
    }

    private PoolUpdateRunner runner(PoolUpdate work) {
        return new PoolUpdateRunner(
                UUID.randomUUID().toString(),
                store,
                new OnePool(connection, work.pool()),
                pool,
                System::nanoTime,
                settings,
                PackageAsking.DEFAULTS,
                PrecheckLimits.DEFAULTS,
                () -> feed);
    }

    @Override
    public void close() {
        xapi().close();
    }

    /** The pool as the pool room would hand it out. */
    private record OnePool(AtomicReference<XapiPool> connection, PoolUuid uuid) implements Pools {
        @Override
        public PoolName get(Caller caller, PoolUuid pool) {
            return new PoolName(pool, "virtual", Map.of());
        }

        @Override
        public PoolUuid poolOf(Caller caller, HostUuid host) {
            return uuid;
        }

        @Override
        public XapiPool connection(PoolUuid pool) {
            return Objects.requireNonNull(connection.get());
        }
    }
}
