package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PowerState;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a job meets, and wherever its process dies, everything that its fixes changed is as it was when it has ended (R35): random
 * pools, updates and requests that allow random fixes. A failing seed is named and makes the same situation again.
 */
class RandomFixTests {
    private static final int SITUATIONS = Integer.getInteger("xenpatch.situations", 1000) / 2;

    private final Map<String, Integer> met = new TreeMap<>();

    @Test
    void everythingIsAsItWasWhenAJobHasEnded() {
        LongStream.range(0, SITUATIONS).parallel().forEach(this::check);
        // what it is worth depends on what was met
        assertThat(met.keySet())
                .contains(
                        "HA_OFF REVERTED",
                        "WLB_OFF REVERTED",
                        "AUTO_START_OFF REVERTED",
                        "EJECT_CD REVERTED",
                        "SUSPEND_VM REVERTED",
                        "SHUTDOWN_VM_CLEAN REVERTED",
                        "RECONNECT_STORAGE MADE");
    }

    /** One situation again: {@code -Dxenpatch.seed=334}. */
    @Test
    void aSeedThatFailedIsPlayedAgain() {
        check(Long.getLong("xenpatch.seed", 0));
    }

    private void check(long seed) {
        RandomSituation situation = RandomSituation.of(seed);
        Random random = new Random(seed);
        trouble(situation, random);
        try (VirtualRun run = VirtualRun.of(situation.scenario())) {
            Set<HostUuid> targets = situation.targets().stream()
                    .map(host -> HostUuid.of(run.pool().hostUuids().get(host)))
                    .collect(Collectors.toSet());
            String before = settings(run.seen());
            if (random.nextInt(3) == 0) {
                AtomicInteger commits = new AtomicInteger(random.nextInt(60));
                run.store()
                        .dieWhen(
                                pool -> !pool.fixes().isEmpty() && commits.getAndDecrement() == 0,
                                random.nextBoolean());
            }

            PoolUpdate did = run.job(
                    new UpdateChoice.Image(run.update(RandomSituation.UPDATE)),
                    targets,
                    policy(situation.policy(), random));

            assertThat(settings(run.seen())).as("seed %s: %s", seed, did).isEqualTo(before);
            assertThat(did.fixes())
                    .as("seed %s", seed)
                    .noneMatch(fix -> fix.state() == FixState.LEFT
                            || fix.state() == FixState.NOT_REVERTED
                            || fix.code().isReversible() && fix.state().isStanding());
            count(did);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** More to fix than situations have by themselves. */
    private static void trouble(RandomSituation situation, Random random) {
        var pool = situation.pool();
        if (random.nextInt(3) == 0) {
            pool.haEnabled();
        }
        if (random.nextInt(3) == 0) {
            pool.wlbEnabled();
        }
        if (random.nextInt(3) == 0) {
            pool.autoPoweron().vm("idle", vm -> vm.autoPoweron().powerState("Halted"));
        }
        if (random.nextBoolean()) {
            pool.vm("reader", VmScenario::cdInserted);
        }
        if (random.nextBoolean()) {
            pool.vm("pinned", VmScenario::localStorage);
        }
    }

    private static UpdatePolicy policy(UpdatePolicy usual, Random random) {
        Set<String> codes = new HashSet<>();
        for (FixCode code : FixCode.values()) {
            if (random.nextInt(4) > 0) {
                codes.add(code.name());
            }
        }
        // else a marked guest that is off starts with the next host, as its pool says
        codes.add(FixCode.AUTO_START_OFF.name());
        return usual.allowing(codes);
    }

    /** What fixes change and nothing else in these situations does: a guest that runs may have moved. */
    private static String settings(PoolSnapshot pool) {
        Map<String, String> seen = new TreeMap<>();
        seen.put("ha", pool.ha().toString());
        seen.put("wlb", String.valueOf(pool.wlbEnabled()));
        seen.put("auto", String.valueOf(pool.otherConfig().get(FixAction.AUTO_START)));
        pool.vms()
                .forEach(vm -> seen.put(
                        vm.name(),
                        (vm.powerState() == PowerState.RUNNING ? "runs" : vm.powerState()) + " " + vm.drives() + " "
                                + vm.otherConfig().get(FixAction.AUTO_START)));
        return seen.toString();
    }

    private synchronized void count(PoolUpdate did) {
        met.merge(did.state().name(), 1, Integer::sum);
        did.fixes().forEach(fix -> met.merge(fix.code() + " " + fix.state(), 1, Integer::sum));
    }
}
