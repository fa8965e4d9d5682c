package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guests and storage. */
class GuestTests extends SimulatorTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private String state(String vm) {
        return client().text("VM.get_power_state", vm);
    }

    @Test
    void stopsAndStarts() {
        start(Scenario.pool("guests").vmsEach(1));
        var vm = client().named("VM", "vm-1-1");

        runWell(MINUTE, "VM.clean_shutdown", vm);
        assertThat(state(vm)).isEqualTo("Halted");
        assertThat(client().text("VM.get_resident_on", vm)).isEqualTo("OpaqueRef:NULL");
        assertThat(client().failure("VM.clean_shutdown", vm))
                .containsExactly("VM_BAD_POWER_STATE", vm, "running", "halted");
        runWell(MINUTE, "VM.start", vm, false, false);
        assertThat(client().failure("VM.start", vm, false, false))
                .containsExactly("VM_BAD_POWER_STATE", vm, "halted", "running");
        client().call("VM.hard_shutdown", vm);
        runWell(MINUTE, "VM.start_on", vm, client().host(0), false, false);

        assertThat(actions())
                .containsExactly(
                        JournalAction.VM_SHUTDOWN,
                        JournalAction.VM_STARTED,
                        JournalAction.VM_SHUTDOWN,
                        JournalAction.VM_STARTED);
    }

    @Test
    void suspendsAndResumes() {
        start(Scenario.pool("guests").vmsEach(1));
        var vm = client().named("VM", "vm-1-1");

        runWell(MINUTE, "VM.suspend", vm);
        assertThat(state(vm)).isEqualTo("Suspended");
        runWell(MINUTE, "VM.resume_on", vm, client().host(0), false, false);

        assertThat(state(vm)).isEqualTo("Running");
        assertThat(actions()).containsExactly(JournalAction.VM_SUSPENDED, JournalAction.VM_RESUMED);
    }

    @Test
    void rebootsWithANewStartTime() {
        start(Scenario.pool("guests").vmsEach(1));
        var vm = client().named("VM", "vm-1-1");
        var metrics = client().text("VM.get_metrics", vm);
        var before = client().text("VM_metrics.get_start_time", metrics);

        runWell(MINUTE, "VM.clean_reboot", vm);

        assertThat(client().text("VM_metrics.get_start_time", metrics)).isGreaterThan(before);
        assertThat(actions()).containsExactly(JournalAction.VM_REBOOTED);
    }

    @Test
    void cleanShutdownNeedsDrivers() {
        start(Scenario.pool("guests").vm("bare", VmScenario::withoutDrivers));
        var vm = client().named("VM", "bare");

        assertThat(client().failure("VM.clean_shutdown", vm)).containsExactly("VM_LACKS_FEATURE", vm);
    }

    @Test
    void doesNotMigrateToOlderDisabledOrSameHost() {
        start(Scenario.pool("guests")
                .hosts(3)
                .host(1, HostScenario::disabled)
                .host(2, host -> host.software("xapi_build", "1.249.9"))
                .vm("vm", vm -> vm));
        var vm = client().named("VM", "vm");

        assertThat(client().failure("VM.pool_migrate", vm, client().host(1), Map.of("live", "true")))
                .containsExactly("HOST_DISABLED", client().host(1));
        assertThat(client().failure("VM.pool_migrate", vm, client().host(2), Map.of("live", "true")))
                .containsExactly("VM_HOST_INCOMPATIBLE_VERSION_MIGRATE", client().host(2), vm);
        assertThat(client().failure("VM.pool_migrate", vm, client().host(0), Map.of("live", "true")))
                .startsWith("VM_MIGRATE_FAILED");
    }

    @Test
    void startsNowhereWhenNothingFits() {
        start(Scenario.pool("guests").host(0, HostScenario::disabled).vm("off", vm -> vm.powerState("Halted")));
        var vm = client().named("VM", "off");

        assertThat(client().failure("VM.start", vm, false, false)).containsExactly("NO_HOSTS_AVAILABLE", vm);
    }

    @Test
    void plugsDetachedStorage() {
        start(Scenario.pool("guests")
                .hosts(2)
                .host(1, HostScenario::storageDetached)
                .vmsEach(0)
                .vm("vm", vm -> vm));
        var vm = client().named("VM", "vm");
        var detached = client().call("PBD.get_all_where", "field \"currently_attached\" = \"false\"");
        assertThat(detached.size()).isEqualTo(1);
        assertThat(client().failure("VM.assert_can_boot_here", vm, client().host(1)))
                .startsWith("VM_REQUIRES_SR", vm);

        runWell(MINUTE, "PBD.plug", detached.get(0).stringValue());

        assertThat(client().text("VM.assert_can_boot_here", vm, client().host(1)))
                .isEmpty();
        assertThat(actionsOn(1)).containsExactly(JournalAction.PBD_PLUGGED);
    }
}
