package io.xenpatch.demo;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateScenario;
import io.xenpatch.simulator.UpdateSet;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The pools of the demo, each with the update that its job installs and one more to try by hand. */
enum DemoPool {
    PRODUCTION(
            "three hosts; the update can be live patched everywhere",
            "XS82ECU1070",
            3,
            new Image(update -> update.guidance("restartHost")
                    .precheck("ok_livepatch_complete")
                    .description("Security fixes for Xen and the Linux kernel of the control domain"))),
    LEGACY(
            "three hosts; the live patch covers only a part, so they must reboot",
            "XS82ECU1071",
            3,
            new Image(update -> update.guidance("restartHost")
                    .precheck("ok_livepatch_incomplete")
                    .description("Security fixes that need a new hypervisor"))),
    BRANCH(
            "one standalone host; its live patch will fail, and the job is told only to warn",
            "XS82ECU1072",
            1,
            new Image(update -> update.guidance("restartHost")
                    .precheck("ok_livepatch_complete")
                    .livePatchFails()
                    .description("Security fixes whose live patch promises more than it can do"))),
    CLOUD(
            "three hosts of XenServer 8; their repository has live patches that want a toolstack restart",
            "the latest updates",
            3,
            new Latest(PoolScenario::xenServer8, UpdateSet.LIVE)),
    EDGE(
            "two hosts of XCP-ng; their packages want a toolstack restart",
            "the latest packages",
            2,
            new Latest(PoolScenario::xcpNg, UpdateSet.TOOLSTACK));

    /** Restarts only the toolstack: left for the person who tries the API. */
    static final String EXTRA = "XS82ECU1080";

    private static final int VMS_EACH = 4;

    private final String about;
    private final String update;
    private final int hosts;
    private final Offer offer;

    DemoPool(String about, String update, int hosts, Offer offer) {
        this.about = about;
        this.update = update;
        this.hosts = hosts;
        this.offer = offer;
    }

    String poolName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String about() {
        return about;
    }

    String update() {
        return update;
    }

    String jobName() {
        return "Demo: " + update + " on " + poolName();
    }

    String updateUuid() {
        return uuid(update);
    }

    String extraUuid() {
        return uuid(EXTRA);
    }

    /** Every update that asks for a restart of the host: applied without a loaded live patch, it leaves a reboot to do. */
    boolean wantsReboot(String uuid) {
        return uuid.equals(updateUuid());
    }

    /** What the job's request chooses. */
    Map<String, Object> choice() {
        return offer.choice(this);
    }

    /** @param memory what an earlier start of the demo did */
    PoolScenario scenario(PoolMemory memory) {
        var pool = Scenario.pool(poolName()).hosts(hosts).vmsEach(VMS_EACH);
        if (hosts == 1) {
            pool.standalone();
        }
        return offer.fill(pool, this, memory);
    }

    private String uuid(String updateName) {
        return UUID.nameUUIDFromBytes(
                        ("xenpatch-demo/" + poolName() + "/" + updateName).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** What can be installed on a pool. */
    private sealed interface Offer {

        Map<String, Object> choice(DemoPool pool);

        PoolScenario fill(PoolScenario scenario, DemoPool pool, PoolMemory memory);
    }

    /** An image that the pool has, and the extra one. */
    private record Image(UnaryOperator<UpdateScenario> description) implements Offer {

        @Override
        public Map<String, Object> choice(DemoPool pool) {
            return Map.of("uuid", pool.updateUuid());
        }

        @Override
        public PoolScenario fill(PoolScenario scenario, DemoPool pool, PoolMemory memory) {
            return scenario.update(pool.update, it -> memory.remembered(description.apply(it.uuid(pool.updateUuid()))))
                    .update(
                            EXTRA,
                            it -> memory.remembered(it.uuid(pool.extraUuid())
                                    .guidance("restartXAPI")
                                    .description("Fixes in the toolstack")));
        }
    }

    /** All that a repository or XCP-ng's mirrors have. */
    private record Latest(UnaryOperator<PoolScenario> product, UpdateSet set) implements Offer {

        @Override
        public Map<String, Object> choice(DemoPool pool) {
            return Map.of("latest", true);
        }

        @Override
        public PoolScenario fill(PoolScenario scenario, DemoPool pool, PoolMemory memory) {
            IntStream.range(0, scenario.hosts()).filter(memory::hasUpdated).forEach(scenario::upToDate);
            return product.apply(scenario).repository(set);
        }
    }
}
