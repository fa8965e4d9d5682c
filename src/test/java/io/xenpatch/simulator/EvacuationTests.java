package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evacuation and everything that can be in its way. */
class EvacuationTests extends SimulatorTest {
    private static final long GIB = 1L << 30;

    private List<String> whyNot(String vm) {
        var blockers = client().call("host.get_vms_which_prevent_evacuation", client().host(0));
        return blockers.has(vm)
                ? blockers.get(vm).valueStream().map(word -> word.stringValue()).toList()
                : List.of();
    }

    @Test
    void movesGuestAfterGuest() {
        start(Scenario.pool("evacuation").hosts(3).vmsEach(3));
        client().call("host.disable", client().host(0));
        var task = client().text("Async.host.evacuate", client().host(0));

        advance(Duration.ofSeconds(15));
        assertThat(task(task).get("progress").doubleValue()).isBetween(0.3, 0.4);
        assertThat(client().call("host.get_current_operations", client().host(0))
                        .toString())
                .contains("evacuate");
        advance(Duration.ofSeconds(20));

        assertThat(task(task).get("status").stringValue()).isEqualTo("success");
        assertThat(client().call("host.get_resident_VMs", client().host(0)).size())
                .isEqualTo(1);
        assertThat(actions())
                .filteredOn(action -> action == JournalAction.VM_MIGRATED)
                .hasSize(3);
        assertThat(journal()).last().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo(JournalAction.EVACUATE);
            assertThat(entry.detail()).isEqualTo("3 moved");
        });
    }

    @Test
    void anyGeneratedHostCanBeEmptied() {
        start(Scenario.generated(1, 2, 6));

        for (int host = 0; host < 2; host++) {
            assertThat(client().text("host.assert_can_evacuate", client().host(host)))
                    .isEmpty();
        }
    }

    @Test
    void standaloneHostHasNowhereToGo() {
        start(Scenario.pool("evacuation").standalone().vmsEach(1));
        var vm = client().named("VM", "vm-1-1");

        assertThat(whyNot(vm)).containsExactly("NO_HOSTS_AVAILABLE", vm);
        assertThat(client().failure("host.assert_can_evacuate", client().host(0)))
                .containsExactly("CANNOT_EVACUATE_HOST", "NO_HOSTS_AVAILABLE," + vm);
        assertThat(client().failure("host.evacuate", client().host(0))).containsExactly("NO_HOSTS_AVAILABLE", vm);
    }

    @Test
    void localStorageHoldsAGuest() {
        start(Scenario.pool("evacuation").hosts(2).vm("stuck", VmScenario::localStorage));
        var vm = client().named("VM", "stuck");

        assertThat(whyNot(vm)).startsWith("VM_REQUIRES_SR", vm);
    }

    @Test
    void insertedCdHoldsAGuestUntilItIsEjected() {
        start(Scenario.pool("evacuation").hosts(2).vm("cd", VmScenario::cdInserted));
        var vm = client().named("VM", "cd");
        assertThat(whyNot(vm)).startsWith("VM_REQUIRES_SR", vm);

        var drive = client().call("VBD.get_all_where", "field \"type\" = \"CD\"")
                .get(0)
                .stringValue();
        var disc = client().text("VBD.get_VDI", drive);
        client().call("VBD.eject", drive);
        assertThat(whyNot(vm)).isEmpty();
        client().call("VBD.insert", drive, disc);

        assertThat(actions()).containsExactly(JournalAction.CD_EJECTED, JournalAction.CD_INSERTED);
    }

    @Test
    void namesTheOperationCheckBeforeTheBootCheck() {
        start(Scenario.pool("evacuation")
                .hosts(2)
                .vm("both", vm -> vm.localStorage().withoutDrivers())
                .vm("immobile", VmScenario::immobile)
                .vm("blocked", vm -> vm.blocked("pool_migrate", "backup")));

        var both = client().named("VM", "both");
        var immobile = client().named("VM", "immobile");
        var blocked = client().named("VM", "blocked");
        assertThat(whyNot(both)).containsExactly("VM_LACKS_FEATURE", both);
        assertThat(whyNot(immobile)).containsExactly("VM_IS_IMMOBILE", immobile);
        assertThat(whyNot(blocked)).containsExactly("OPERATION_BLOCKED", blocked, "backup");
    }

    @Test
    void memoryRunsOut() {
        start(Scenario.pool("evacuation")
                .hosts(2)
                .host(1, host -> host.memory(8 * GIB))
                .vm("big", vm -> vm.memory(6 * GIB)));
        var vm = client().named("VM", "big");

        assertThat(whyNot(vm)).containsExactly("HOST_NOT_ENOUGH_FREE_MEMORY", vm);
        assertThat(client().failure("VM.assert_can_boot_here", vm, client().host(1)))
                .startsWith("HOST_NOT_ENOUGH_FREE_MEMORY");
    }

    @Test
    void deadButEnabledHostBlocksEverybody() {
        start(Scenario.pool("evacuation").hosts(3).vmsEach(1));
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.HOST_DIES).onHost(hostUuid(2)));
        advance(Duration.ofMinutes(11));

        assertThat(whyNot(client().named("VM", "vm-1-1"))).containsExactly("HOST_NOT_LIVE");
    }

    @Test
    void disabledAndOlderHostsAreNoTargets() {
        start(Scenario.pool("evacuation")
                .hosts(3)
                .host(1, HostScenario::disabled)
                .host(2, host -> host.software("xapi_build", "1.249.9"))
                .vmsEach(1));
        var vm = client().named("VM", "vm-1-1");

        assertThat(whyNot(vm)).containsExactly("NO_HOSTS_AVAILABLE", vm);
    }

    @Test
    void highAvailabilityMovesOnlyProtectedGuests() {
        start(Scenario.pool("evacuation").hosts(2).haEnabled().vmsEach(1));
        var vm = client().named("VM", "vm-1-1");

        assertThat(whyNot(vm)).containsExactly("HOST_EVACUATE_VM_NOT_HA_PROTECTED", vm);
    }

    @Test
    void guestThatRefusesEndsTheEvacuationHalfWay() {
        start(Scenario.pool("evacuation").hosts(2).vmsEach(3));
        simulator()
                .inject(Fault.on(pool().poolUuid(), FaultKind.VM_REFUSES_TO_MOVE)
                        .after(1)
                        .failingWith("VM_FAILED_SHUTDOWN_ACKNOWLEDGMENT", "vm"));
        client().call("host.disable", client().host(0));

        var task = run(Duration.ofMinutes(1), "host.evacuate", client().host(0));

        assertThat(errorInfo(task)).containsExactly("VM_FAILED_SHUTDOWN_ACKNOWLEDGMENT", "vm");
        assertThat(client().call("host.get_resident_VMs", client().host(0)).size())
                .isEqualTo(1 + 2);
    }
}
