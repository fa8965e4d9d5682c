package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.plan.VmTasks.Owed;
import io.xenpatch.plan.VmTasks.VmTask;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmTasksTests {
    private static final Instant APPLIED = Instant.parse("2026-11-24T06:00:00Z");

    /** {@code listed}: level and guidance in the VM's own lists; {@code owed}: what an image asked for. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing owed,                        RUNNING, ,                              ,                     0, ",
        "restart listed as mandatory,         RUNNING, MANDATORY RESTART_VM,          ,                     0, RESTART_VM",
        "restart listed as full,              RUNNING, FULL RESTART_VM,               ,                     0, RESTART_VM",
        "device model listed,                 RUNNING, RECOMMENDED RESTART_DEVICE_MODEL, ,                  0, RESTART_DEVICE_MODEL",
        "a host's word in its lists,          RUNNING, MANDATORY RESTART_TOOLSTACK,   ,                     0, ",
        "halted,                              HALTED,  MANDATORY RESTART_VM,          RESTART_VM,          -9, ",
        "suspended,                           SUSPENDED, MANDATORY RESTART_VM,        ,                     0, ",
        "paused,                              PAUSED,  MANDATORY RESTART_VM,          ,                     0, ",
        "image asks and it ran before,        RUNNING, ,                              RESTART_HVM,         -9, RESTART_VM",
        "image asks and it restarted since,   RUNNING, ,                              RESTART_HVM,          9, ",
        "image asks and nobody knows since when, RUNNING, ,                           RESTART_PV,           0, RESTART_VM",
        "image asks for its device model,     RUNNING, ,                              RESTART_DEVICE_MODEL,-9, RESTART_DEVICE_MODEL",
        "device model and it restarted since, RUNNING, ,                              RESTART_DEVICE_MODEL, 9, ",
        "device model listed and image asks for a restart, RUNNING, FULL RESTART_DEVICE_MODEL, RESTART_VM, -9, RESTART_VM RESTART_DEVICE_MODEL"
    })
    void tellsWhatARunningVmOwes(
            String id,
            PowerState power,
            @Nullable String listed,
            @Nullable Guidance owed,
            int startedAfter,
            @Nullable String expected) {
        VmSnapshot vm = vm(1, power, listed, startedAfter == 0 ? null : APPLIED.plusSeconds(startedAfter));

        assertThat(VmTasks.of(vm, owed == null ? null : new Owed(owed, APPLIED)))
                .as(id)
                .extracting(Enum::name)
                .containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(" "));
    }

    @Test
    void takesWhatThePolicyAllowsInTheOrderOfNames() {
        VmSnapshot restart = vm(2, PowerState.RUNNING, "FULL RESTART_VM", null);
        VmSnapshot model = vm(1, PowerState.RUNNING, "FULL RESTART_DEVICE_MODEL", null);
        List<VmSnapshot> vms = List.of(restart, model, vm(3, PowerState.RUNNING, null, null));

        assertThat(VmTasks.all(vms, Map.of(), VmRestarts.LIST)).isEmpty();
        assertThat(VmTasks.all(vms, Map.of(), VmRestarts.DEVICE_MODELS))
                .containsExactly(new VmTask(model, UpdateTask.RESTART_DEVICE_MODEL));
        assertThat(VmTasks.all(vms, Map.of(), VmRestarts.ALL))
                .containsExactly(
                        new VmTask(model, UpdateTask.RESTART_DEVICE_MODEL), new VmTask(restart, UpdateTask.RESTART_VM));
    }

    private static VmSnapshot vm(int number, PowerState power, @Nullable String listed, @Nullable Instant startedAt) {
        return new VmSnapshot(
                new VmUuid(new UUID(0, number)),
                "vm-" + number,
                power,
                power.isResident() ? new HostUuid(new UUID(0, 9)) : null,
                GuestKind.HVM,
                1L << 30,
                false,
                Set.of(),
                List.of(),
                Set.of(),
                Map.of(),
                Map.of(),
                startedAt,
                lists(listed));
    }

    private static PendingGuidances lists(@Nullable String listed) {
        Map<GuidanceLevel, Set<Guidance>> lists = new EnumMap<>(GuidanceLevel.class);
        Arrays.stream(GuidanceLevel.values()).forEach(level -> lists.put(level, Set.of()));
        if (listed != null) {
            String[] words = listed.split(" ");
            lists.put(GuidanceLevel.valueOf(words[0]), Set.of(Guidance.valueOf(words[1])));
        }
        return new PendingGuidances(lists);
    }
}
