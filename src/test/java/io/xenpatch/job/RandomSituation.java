package io.xenpatch.job;

import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.simulator.HostScenario;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.UpdateScenario;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.xen.GuidanceLevel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A pool, an update and a request made from a seed: the same seed, the same situation.
 *
 * @param targets positions of the hosts to update; empty = all
 */
record RandomSituation(PoolScenario pool, UpdatePolicy policy, Set<Integer> targets) {
    static final String UPDATE = "chosen";
    private static final int MOST_HOSTS = 3;
    private static final List<String> GUIDANCE = List.of("restartHost", "restartXAPI", "restartHVM", "restartPV");
    private static final List<String> ANSWERS = List.of("ok", "ok_livepatch_complete", "ok_livepatch_incomplete");

    private static final Map<Stage, Duration> QUICK = Map.of(
            Stage.PRECHECK, Duration.ofMillis(500),
            Stage.APPLY, Duration.ofSeconds(2),
            Stage.MIGRATE, Duration.ofMillis(500),
            Stage.SHUTDOWN_DELAY, Duration.ofSeconds(1),
            Stage.BOOT, Duration.ofSeconds(6),
            Stage.STILL_BOOTING, Duration.ofSeconds(1),
            Stage.STORAGE, Duration.ofSeconds(2),
            Stage.AUTO_ENABLE, Duration.ofSeconds(1),
            Stage.TOOLSTACK, Duration.ofSeconds(3));

    static RandomSituation of(long seed) {
        return new Maker(new Random(seed)).make();
    }

    Scenario scenario() {
        return quick(pool);
    }

    /** A pool alone, quicker than life: what takes minutes takes seconds, in the same order. */
    static Scenario quick(PoolScenario pool) {
        Scenario scenario = Scenario.of(pool);
        for (Stage stage : Stage.values()) {
            scenario.timing(stage, QUICK.getOrDefault(stage, stage.usual()));
        }
        return scenario;
    }

    private record Maker(Random random) {

        RandomSituation make() {
            PoolScenario pool = pool();
            Set<Integer> targets = new LinkedHashSet<>();
            if (in(25)) {
                IntStream.range(0, pool.hosts()).filter(host -> in(60)).forEach(targets::add);
            }
            return new RandomSituation(pool, policy(), targets);
        }

        private PoolScenario pool() {
            PoolScenario pool = Scenario.pool("random");
            if (in(12)) {
                pool.standalone();
            } else {
                pool.hosts(1 + random.nextInt(MOST_HOSTS));
            }
            pool.vmsEach(random.nextInt(3));
            if (in(20)) {
                pool.livePatchingDisabled();
            }
            if (in(12)) {
                pool.notLicensed();
            }
            if (in(6)) {
                pool.haEnabled();
            }
            if (in(6)) {
                pool.wlbEnabled();
            }
            if (in(6)) {
                pool.autoPoweron();
            }
            for (int host = 0; host < pool.hosts(); host++) {
                pool.host(host, this::host);
                if (in(25)) {
                    int home = host;
                    pool.vm("guest-" + host, guest -> guest(guest.host(home)));
                }
            }
            if (in(15)) {
                pool.update("former", update -> former(update, pool.hosts()));
            }
            return pool.update(UPDATE, update -> chosen(update, pool.hosts()));
        }

        private HostScenario host(HostScenario host) {
            if (in(6)) {
                host.disabled();
            }
            if (in(4)) {
                host.inMaintenance();
            }
            if (in(4)) {
                host.storageDetached();
            }
            if (in(15)) {
                // room for its own guests, and hardly for those of others
                host.memory((12 + random.nextInt(4)) * VmScenario.USUAL_MEMORY);
            }
            if (in(8)) {
                host.licensed(random.nextBoolean());
            }
            return host;
        }

        private VmScenario guest(VmScenario guest) {
            switch (random.nextInt(8)) {
                case 0 -> guest.localStorage();
                case 1 -> guest.immobile();
                case 2 -> guest.withoutDrivers();
                case 3 -> guest.pv();
                case 4 -> guest.powerState("Halted");
                case 5 -> guest.powerState("Suspended");
                case 6 -> guest.blocked("pool_migrate", "not by day");
                default -> guest.memory((1 + random.nextInt(4)) * VmScenario.USUAL_MEMORY);
            }
            return guest;
        }

        private UpdateScenario former(UpdateScenario update, int hosts) {
            update.guidance(in(60) ? "restartHost" : "restartXAPI");
            Integer[] some = some(hosts);
            return in(50) ? update.rebootPendingOn(some) : update.appliedOn(some);
        }

        private UpdateScenario chosen(UpdateScenario update, int hosts) {
            if (in(70)) {
                update.guidance(in(85) ? "restartHost" : "restartXAPI");
            } else {
                update.guidance(GUIDANCE.stream().filter(each -> in(35)).toArray(String[]::new));
            }
            update.precheck(in(50) ? "ok_livepatch_complete" : ANSWERS.get(random.nextInt(ANSWERS.size())));
            for (int host = 0; host < hosts; host++) {
                if (in(10)) {
                    update.precheckOn(host, ANSWERS.get(random.nextInt(ANSWERS.size())));
                }
                if (in(2)) {
                    update.precheckFailsOn(host, "UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", "$update", "1000", "2000");
                }
            }
            if (in(25)) {
                update.livePatchFailsOn(some(hosts));
            }
            if (in(15)) {
                update.appliedOn(some(hosts));
            }
            return in(2) ? update.withoutVdi() : update;
        }

        private UpdatePolicy policy() {
            EnumSet<GuidanceLevel> levels = EnumSet.of(GuidanceLevel.MANDATORY);
            if (in(85)) {
                levels.add(GuidanceLevel.RECOMMENDED);
            }
            return new UpdatePolicy(
                    in(20) ? Mode.MANUAL : Mode.AUTOMATIC,
                    in(70) ? LivePatching.PREFER : one(LivePatching.values()),
                    one(OnLivePatchFailure.values()),
                    one(OnBlocker.values()),
                    one(OnMaintenance.values()),
                    levels,
                    one(VmPlacementAfter.values()),
                    Set.of(),
                    in(20),
                    UpdatePolicy.OnUpdatesChanged.STOP,
                    UpdatePolicy.VmRestarts.LIST,
                    Set.of());
        }

        private Integer[] some(int hosts) {
            return IntStream.range(0, hosts).filter(host -> in(50)).boxed().toArray(Integer[]::new);
        }

        private <T> T one(T[] values) {
            return values[random.nextInt(values.length)];
        }

        private boolean in(int percent) {
            return random.nextInt(100) < percent;
        }
    }
}
