package io.xenpatch.job;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.VmScenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that a seed decides: a pool, an update, a request, and what goes wrong when. The same seed, the same plan.
 *
 * @param channel how the pool gets its update
 * @param runners instances that share the work, from 1 to 3
 * @param faults by the number of the boundary at which they strike
 * @param calls the same, by the number of the call that changes the pool
 * @param reads the same, by the number of the call that only reads
 * @param events by the time since the job was created
 * @param injected into the pool, each on a host by its position
 */
record SeedPlan(
        long seed,
        PoolScenario pool,
        UpdatePolicy policy,
        TestChannel channel,
        int runners,
        Map<Integer, SeedFault> faults,
        Map<Integer, SeedFault> calls,
        Map<Integer, SeedFault> reads,
        TreeMap<Duration, SeedEvent> events,
        List<Injected> injected) {
    private static final int LAST_BOUNDARY = 900;
    private static final int LAST_CALL = 24;
    private static final int LAST_READ = 300;
    private static final List<FaultKind> IN_THE_POOL = List.of(
            FaultKind.TASK_LOST,
            FaultKind.LIVE_PATCH_FAILS,
            FaultKind.VM_REFUSES_TO_MOVE,
            FaultKind.HOST_RETURNS_LATE,
            FaultKind.HOST_NEVER_RETURNS,
            FaultKind.STORAGE_MISSING,
            FaultKind.REFUSE_ENABLE,
            FaultKind.APPLY_FAILS);

    /** @param host its position */
    record Injected(FaultKind kind, int host) {}

    static SeedPlan of(long seed) {
        Random random = new Random(seed ^ 0x5DEECE66DL);
        TestChannel channel = TestChannel.values()[random.nextInt(TestChannel.values().length)];
        RandomSituation situation = RandomSituation.of(seed);
        PoolScenario pool = channel == TestChannel.IMAGE ? situation.pool() : other(channel, random);
        trouble(pool, random);
        Map<Integer, SeedFault> faults = new TreeMap<>();
        Map<Integer, SeedFault> calls = new TreeMap<>();
        Map<Integer, SeedFault> reads = new TreeMap<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            SeedFault fault = SeedFault.values()[random.nextInt(SeedFault.values().length)];
            if (fault.isOfTheStore()) {
                faults.put(random.nextInt(LAST_BOUNDARY), fault);
            } else if (fault.isOfARead()) {
                reads.put(random.nextInt(LAST_READ), fault);
            } else {
                calls.put(random.nextInt(LAST_CALL), fault);
            }
        }
        TreeMap<Duration, SeedEvent> events = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            events.put(
                    Duration.ofMillis(random.nextInt(240_000)),
                    SeedEvent.values()[random.nextInt(SeedEvent.values().length)]);
        }
        List<Injected> injected = new ArrayList<>();
        for (int i = Math.max(0, random.nextInt(4) - 1); i > 0; i--) {
            injected.add(
                    new Injected(IN_THE_POOL.get(random.nextInt(IN_THE_POOL.size())), random.nextInt(pool.hosts())));
        }
        return new SeedPlan(
                seed,
                pool,
                policy(situation.policy(), random),
                channel,
                1 + random.nextInt(3),
                faults,
                calls,
                reads,
                events,
                injected);
    }

    boolean handsAreInThePool() {
        return events.values().stream().anyMatch(SeedEvent::changesThePool);
    }

    boolean has(FaultKind kind) {
        return injected.stream().anyMatch(each -> each.kind() == kind);
    }

    private static PoolScenario other(TestChannel channel, Random random) {
        UpdateSet set = List.of(UpdateSet.REBOOT, UpdateSet.TOOLSTACK, UpdateSet.NOTHING)
                .get(random.nextInt(3));
        return channel.offering(
                set,
                io.xenpatch.simulator.Scenario.pool("random")
                        .hosts(1 + random.nextInt(3))
                        .vmsEach(random.nextInt(3)));
    }

    private static void trouble(PoolScenario pool, Random random) {
        if (random.nextInt(5) == 0) {
            pool.haEnabled();
        }
        if (random.nextInt(5) == 0) {
            pool.wlbEnabled();
        }
        if (random.nextInt(5) == 0) {
            pool.vm("reader", VmScenario::cdInserted);
        }
        if (random.nextInt(8) == 0) {
            pool.vm("pinned", VmScenario::localStorage);
        }
    }

    private static UpdatePolicy policy(UpdatePolicy usual, Random random) {
        Set<String> codes = new HashSet<>();
        for (FixCode code : FixCode.values()) {
            if (random.nextInt(3) > 0) {
                codes.add(code.name());
            }
        }
        return usual.allowing(codes);
    }
}
