package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.PowerState;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolObservationTests extends AdapterTest {
    private static final long GUEST = (1L << 30) + (12L << 20);

    @Test
    void readsAPoolWithAllThatBelongsToIt() {
        start(Scenario.pool("lab").hosts(3).vmsEach(3).update("LIVE").update("TOOLSTACK"));

        var pool = open().pool().observe();

        assertThat(pool.uuid()).hasToString(description().poolUuid());
        assertThat(pool.name()).isEqualTo("lab");
        assertThat(pool.channel()).isEqualTo(Channel.POOL_UPDATE);
        assertThat(pool.coordinator()).isEqualTo(host(0));
        assertThat(pool.livePatchingEnabled()).isTrue();
        assertThat(pool.haEnabled()).isFalse();
        assertThat(pool.wlbEnabled()).isFalse();
        assertThat(pool.licensedForLivePatching()).isTrue();
        assertThat(pool.hosts()).hasSize(3);
        assertThat(pool.vms()).hasSize(9).allSatisfy(vm -> {
            assertThat(vm.memory()).isEqualTo(GUEST);
            assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
            assertThat(vm.startedAt()).isNotNull();
            assertThat(vm.storage()).hasSize(1);
            assertThat(vm.discs()).isEmpty();
        });
        assertThat(pool.vms()).extracting(vm -> vm.kind()).contains(GuestKind.HVM, GuestKind.PV);
        assertThat(pool.residentOn(host(1))).hasSize(3);
        assertThat(pool.srs()).hasSize(4);
        assertThat(pool.updates())
                .hasSize(2)
                .anySatisfy(update -> assertThat(update.guidance()).isEqualTo(Set.of(Guidance.RESTART_TOOLSTACK)))
                .allSatisfy(update -> assertThat(update.uploaded()).isTrue());
    }

    @Test
    void readsHostsWithTimesStorageAndMemory() {
        start(Scenario.pool("lab")
                .hosts(2)
                .vmsEach(2)
                .host(1, host -> host.inMaintenance().storageDetached()));

        var pool = open().pool().observe();

        var coordinator = pool.host(host(0)).orElseThrow();
        assertThat(coordinator.live()).isTrue();
        assertThat(coordinator.enabled()).isTrue();
        assertThat(coordinator.bootedAt()).isNotNull();
        assertThat(coordinator.toolstackStartedAt()).isAfter(coordinator.bootedAt());
        assertThat(coordinator.storage()).hasSize(2).allMatch(storage -> storage.attached());
        assertThat(coordinator.memoryFree()).isGreaterThanOrEqualTo(2 * GUEST).isLessThan(coordinator.memoryTotal());
        var supporter = pool.host(host(1)).orElseThrow();
        assertThat(supporter.inMaintenance()).isTrue();
        assertThat(supporter.storage()).anyMatch(storage -> !storage.attached());
    }

    @Test
    void readsOneHostAsItIsInThePool() {
        start(Scenario.pool("lab").hosts(2).vmsEach(2).update("LIVE", update -> update.appliedOn(1)));
        var pool = open();

        assertThat(pool.hosts().observe(host(1)))
                .isEqualTo(pool.pool().observe().host(host(1)).orElseThrow());
    }

    @Test
    void tellsHaltedGuestsLocalStorageAndDiscs() {
        start(Scenario.pool("lab")
                .hosts(2)
                .vm("off", vm -> vm.powerState("Halted"))
                .vm("disc", VmScenario::cdInserted)
                .vm("local", vm -> vm.localStorage().autoPoweron()));

        var pool = open().pool().observe();

        assertThat(pool.vms())
                .filteredOn(vm -> vm.name().equals("off"))
                .singleElement()
                .satisfies(vm -> {
                    assertThat(vm.residentOn()).isNull();
                    assertThat(vm.memory()).isEqualTo(GUEST);
                });
        assertThat(pool.vms())
                .filteredOn(vm -> vm.name().equals("disc"))
                .allSatisfy(vm -> assertThat(vm.discs()).hasSize(1));
        assertThat(pool.vms())
                .filteredOn(vm -> vm.name().equals("local"))
                .singleElement()
                .satisfies(vm -> {
                    assertThat(vm.autoPoweron()).isTrue();
                    assertThat(pool.sr(vm.storage().iterator().next())
                                    .orElseThrow()
                                    .shared())
                            .isFalse();
                });
    }

    @Test
    void switchesLivePatching() {
        start(Scenario.pool("lab"));
        var pool = open();

        pool.pool().setLivePatchingDisabled(true);

        assertThat(pool.pool().observe().livePatchingEnabled()).isFalse();
    }
}
