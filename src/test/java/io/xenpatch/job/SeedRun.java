package io.xenpatch.job;

import io.xenpatch.assessment.PackageAsking;
import io.xenpatch.caller.Caller;
import io.xenpatch.pool.Pools;
import io.xenpatch.precheck.PrecheckLimits;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.jsonrpc.VirtualPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.VmSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * One history: what a {@link SeedPlan} says, played by the runners that the service has on a simulated pool, in virtual time and one thread. A
 * runner that stands still keeps its place on the stack while others work on top of it. The same seed is the same history, to the last
 * entry of the journal.
 */
final class SeedRun implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-03-01T22:00:00Z");
    private static final Duration MOST_AT_ONCE = Duration.ofSeconds(20);
    private static final Duration DEAD_AFTER = Duration.ofSeconds(4);
    private static final int MOST_TICKS = 12_000;
    private static final int MOST_ASLEEP = 2;

    private final SeedPlan plan;
    private final PlantedBug bug;
    private final LeaseWatch leases;
    private final VirtualPool pool;
    private final XapiPool observer;
    private final JobStore store;
    private final Random random;
    private final List<Runner> runners = new ArrayList<>();
    private final Map<String, Integer> coverage = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private final TreeMap<Duration, SeedEvent> events;
    private final PoolUpdateId id;
    private final JobId job;
    private final PoolSnapshot before;
    private Instant due;
    private Instant databaseBackAt = Instant.MIN;
    private int ticks;
    private int boundaries;
    private int changing;
    private int reading;
    private int asleep;
    private boolean ended;

    /** In memory. */
    static SeedRun inMemory(long seed, PlantedBug bug) {
        return new SeedRun(SeedPlan.of(seed), clock -> new MemoryJobStore(clock, bug), bug);
    }

    /** @param store by the clock of the history */
    SeedRun(SeedPlan plan, Function<VirtualPool, JobStore> store, PlantedBug bug) {
        this.bug = bug;
        this.plan = plan;
        this.random = new Random(plan.seed() * 31 + 7);
        this.pool = new VirtualPool(RandomSituation.quick(plan.pool()), START);
        this.store = store.apply(pool);
        this.leases = new LeaseWatch(pool);
        this.observer = pool.connect();
        this.events = new TreeMap<>(plan.events());
        this.before = observer.pool().observe();
        for (SeedPlan.Injected each : plan.injected()) {
            pool.inject(fault(each));
        }
        NewJob begun = JobSamples.job(
                before.uuid(),
                plan.channel().choice(before),
                Set.of(),
                plan.policy(),
                pool.instant(),
                TestSettings.job().startPatience());
        this.store.create(begun, List.of());
        this.id = begun.pools().get(0).id();
        this.job = begun.id();
        this.due = pool.instant();
        for (int i = 0; i < plan.runners(); i++) {
            runners.add(new Runner(i));
        }
    }

    private Fault fault(SeedPlan.Injected each) {
        Fault fault = Fault.on(before.uuid().toString(), each.kind())
                .onHost(pool.hostUuids().get(each.host()));
        return switch (each.kind()) {
            case TASK_LOST ->
                Fault.on(before.uuid().toString(), each.kind())
                        .after(each.host() * 3)
                        .times(2);
            case HOST_RETURNS_LATE -> fault.lasting(Duration.ofMinutes(8));
            case REFUSE_ENABLE -> fault.lasting(Duration.ofMinutes(3));
            default -> fault;
        };
    }

    /** Plays it to its end. @throws AssertionError when it has none */
    SeedRun play() {
        while (!ended) {
            round(Instant.MAX);
        }
        return this;
    }

    /** One moment: what is due then happens, and a runner that is free has its turn. */
    private void round(Instant until) {
        if (++ticks > MOST_TICKS) {
            throw new AssertionError("seed " + plan.seed() + " has no end: " + store.poolUpdate(id));
        }
        Instant next = next();
        if (next.isAfter(until)) {
            pool.advanceTo(until);
            return;
        }
        pool.advanceTo(next);
        happen();
        if (pool.instant().isBefore(due)) {
            return;
        }
        leases.looked(due);
        List<Runner> free = runners.stream().filter(runner -> !runner.asleep).toList();
        free.get(random.nextInt(free.size())).turn();
    }

    /** Looks that can't see anything new are left out. */
    private Instant next() {
        Instant look = due.isAfter(pool.instant()) ? pool.worthALook(due, due.plus(MOST_AT_ONCE)) : pool.instant();
        return events.isEmpty() || START.plus(events.firstKey()).isAfter(look)
                ? look
                : latest(START.plus(events.firstKey()), pool.instant());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void happen() {
        while (!events.isEmpty() && !START.plus(events.firstKey()).isAfter(pool.instant())) {
            SeedEvent event = events.pollFirstEntry().getValue();
            coverage.merge("event " + event, 1, Integer::sum);
            happens(event);
        }
    }

    private void happens(SeedEvent event) {
        int host = random.nextInt(pool.hostUuids().size());
        switch (event) {
            case PAUSE -> {
                ask(() -> store.requestPause(job, true, List.of()));
                // somebody comes back to it, or the job would wait for ever
                events.put(since().plus(Duration.ofMinutes(1 + random.nextInt(20))), SeedEvent.RESUME);
            }
            case RESUME -> ask(() -> store.requestPause(job, false, List.of()));
            case CANCEL -> ask(() -> store.requestCancel(job, List.of()));
            case SKIP -> ask(() -> store.requestSkip(id, host(host), List.of()));
            case DATABASE_AWAY -> databaseBackAt = pool.instant().plusSeconds(20 + random.nextInt(600));
            case POOL_CUT_OFF -> pool.cutOff(Duration.ofSeconds(20 + random.nextInt(1200)));
            case REFERENCES_CHANGE -> pool.changeReferences();
            case HOST_DIES -> inject(FaultKind.HOST_DIES, host);
            case COORDINATOR_MOVES -> pool.designateCoordinator(host);
            case EMERGENCY_TAKEOVER -> {
                if (journal().stream().noneMatch(entry -> entry.action() == JournalAction.COORDINATOR_CHANGED)) {
                    // only a supporter can take over
                    inject(FaultKind.EMERGENCY_TAKEOVER, Math.max(1, host));
                }
            }
            case PERSON_DISABLES_A_HOST -> pool.personOnHost("host.disable", host);
            case PERSON_ENABLES_A_HOST -> pool.personOnHost("host.enable", host);
            case PERSON_MOVES_A_VM -> guest().ifPresent(vm -> pool.migrate(vm.uuid(), host));
            case PERSON_STOPS_A_VM -> guest().ifPresent(vm -> pool.person("Async.VM.clean_shutdown", vm.uuid()));
            case PERSON_STARTS_A_VM -> guest().ifPresent(vm -> pool.person("Async.VM.start", vm.uuid(), false, false));
        }
    }

    private Duration since() {
        return Duration.between(START, pool.instant());
    }

    private void inject(FaultKind kind, int host) {
        if (host < pool.hostUuids().size()) {
            pool.inject(Fault.on(before.uuid().toString(), kind)
                    .onHost(pool.hostUuids().get(host))
                    .lasting(Duration.ofMinutes(1 + random.nextInt(10))));
        }
    }

    private Optional<VmSnapshot> guest() {
        List<VmSnapshot> all = before.vms();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private HostUuid host(int position) {
        return HostUuid.of(pool.hostUuids().get(position));
    }

    private void ask(Runnable wish) {
        wish.run();
        due = pool.instant();
    }

    SeedPlan plan() {
        return plan;
    }

    PoolUpdate result() {
        return store.poolUpdate(id).orElseThrow();
    }

    PoolSnapshot before() {
        return before;
    }

    /** What the pool shows in the end, when nothing happens to it any more; empty where its coordinator is gone for good. */
    Optional<PoolSnapshot> after() {
        pool.advanceTo(pool.instant().plus(Duration.ofMinutes(45)));
        try {
            return Optional.of(observer.pool().observe());
        } catch (XapiFailure gone) {
            return Optional.empty();
        }
    }

    List<JournalEntry> journal() {
        return pool.journal();
    }

    /** Calls that changed the pool and arrived there: time, runner, epoch that it worked under, method. */
    List<String> calls() {
        return calls;
    }

    /** What was wrong with leases and writes. */
    List<String> twoOwners() {
        return leases.broken();
    }

    List<String> hostUuids() {
        return pool.hostUuids();
    }

    /** What was met: fault × what was under way. */
    Map<String, Integer> coverage() {
        return coverage;
    }

    @Override
    public void close() {
        runners.forEach(runner -> runner.xapi.close());
        observer.close();
    }

    /** An instance of the service. */
    private final class Runner implements VirtualPool.Wire, FaultyStore.Boundary {
        private final int number;
        private int lives;
        private XapiPool xapi;
        private PoolUpdateRunner runner;
        private boolean asleep;
        private boolean dead;
        private @Nullable SeedFault unknown;

        Runner(int number) {
            this.number = number;
            this.xapi = pool.connect(this);
            this.runner = made();
        }

        private PoolUpdateRunner made() {
            return new PoolUpdateRunner(
                    "runner-" + number + "/" + lives,
                    new FaultyStore(store, this, bug, leases),
                    new OnePool(xapi, before.uuid()),
                    pool,
                    () -> Duration.between(START, pool.instant()).toNanos(),
                    TestSettings.job(),
                    PackageAsking.DEFAULTS,
                    PrecheckLimits.DEFAULTS,
                    Optional::empty);
        }

        void turn() {
            try {
                Instant next = runner.tick(id).nextLook();
                ended = next == null;
                due = next == null ? due : next;
            } catch (MemoryJobStore.Died gone) {
                dead = false;
                lives++;
                xapi = pool.connect(this);
                runner = made();
                // whoever goes on: another when it finds this one dead, or this one after its start
                due = pool.instant()
                        .plus(bug == PlantedBug.LOST_WAKE_UP ? Duration.ofDays(400) : DEAD_AFTER)
                        .plusSeconds(random.nextInt(20));
            } catch (DataAccessResourceFailureException lost) {
                due = pool.instant().plusSeconds(5);
            }
        }

        @Override
        public void before() {
            requireAlive();
            if (pool.instant().isBefore(databaseBackAt)) {
                throw new DataAccessResourceFailureException("The database is away");
            }
            unknown = null;
            SeedFault fault = plan.faults().get(boundaries++);
            if (fault == null) {
                return;
            }
            note(fault);
            switch (fault) {
                case DIES_BEFORE_THE_STORE -> throw dies();
                case COMMIT_LOST -> throw new DataAccessResourceFailureException("lost before the commit");
                case SLEEPS -> sleep();
                default -> unknown = fault;
            }
        }

        @Override
        public void after() {
            SeedFault fault = unknown;
            unknown = null;
            if (fault == SeedFault.DIES_AFTER_THE_STORE) {
                throw dies();
            }
            if (fault == SeedFault.COMMIT_UNKNOWN) {
                throw new DataAccessResourceFailureException("lost after the commit");
            }
        }

        /** Others go on on top of the stack. */
        private void sleep() {
            if (SeedRun.this.asleep >= MOST_ASLEEP || runners.size() - SeedRun.this.asleep < 2) {
                return;
            }
            Instant until = pool.instant().plusSeconds(1 + random.nextInt(random.nextBoolean() ? 15 : 1200));
            SeedRun.this.asleep++;
            asleep = true;
            due = latest(due, pool.instant().plus(DEAD_AFTER));
            while (!ended && pool.instant().isBefore(until)) {
                round(until);
            }
            asleep = false;
            SeedRun.this.asleep--;
        }

        @Override
        public VirtualPool.Fate before(String method) {
            requireAlive();
            boolean changes = changes(method);
            SeedFault fault =
                    changes ? plan.calls().get(changing++) : plan.reads().get(reading++);
            if (changes) {
                calls.add(pool.instant() + " runner-" + number + "/" + lives + " " + method);
            }
            if (fault == null) {
                return VirtualPool.Fate.ARRIVES;
            }
            note(fault);
            return switch (fault) {
                case DIES_BEFORE_THE_CALL -> throw dies();
                case CALL_DROPPED, READ_DROPPED -> VirtualPool.Fate.DROPPED;
                case ANSWER_LOST -> VirtualPool.Fate.ANSWER_LOST;
                default -> {
                    unknown = fault;
                    yield VirtualPool.Fate.ARRIVES;
                }
            };
        }

        @Override
        public void after(String method) {
            SeedFault fault = unknown;
            if (fault == SeedFault.DIES_AFTER_THE_CALL) {
                unknown = null;
                throw dies();
            }
            if (fault == SeedFault.ANSWER_DELAYED) {
                unknown = null;
                pool.advanceTo(pool.instant().plusSeconds(1 + random.nextInt(12)));
            }
        }

        /** A process that is dead does nothing any more, not even what a {@code finally} says. */
        private MemoryJobStore.Died dies() {
            dead = true;
            return new MemoryJobStore.Died();
        }

        private void requireAlive() {
            if (dead) {
                throw new MemoryJobStore.Died();
            }
        }

        private boolean changes(String method) {
            return method.startsWith("Async.") && !method.contains("precheck") && !method.contains("prevent");
        }

        private void note(SeedFault fault) {
            PoolUpdate now = store.poolUpdate(id).orElseThrow();
            String what = now.hosts().stream()
                    .filter(host -> host.state() == HostUpdateState.IN_PROGRESS)
                    .flatMap(host -> host.nextStep().stream())
                    .map(step -> step.type() + " " + (step.call() == null ? "before" : "after"))
                    .findFirst()
                    .orElse(now.state().name());
            coverage.merge(fault + " x " + what, 1, Integer::sum);
            now.fixes().stream()
                    .filter(fix -> fix.state() == FixState.MAKING || fix.state() == FixState.REVERTING)
                    .forEach(fix -> coverage.merge(fault + " x " + fix.code() + " " + fix.state(), 1, Integer::sum));
        }
    }

    /** The pool as the pool room would hand it out. */
    private record OnePool(XapiPool xapi, PoolUuid uuid) implements Pools {
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
            return xapi;
        }
    }
}
