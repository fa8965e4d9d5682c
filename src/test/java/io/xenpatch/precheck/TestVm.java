package io.xenpatch.precheck;

import io.xenpatch.xen.DriveSnapshot;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.VmSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What is special about a guest of a {@link TestPool}. */
final class TestVm {
    private PowerState power;
    private GuestKind kind;
    private boolean autoStart;
    private Set<SrUuid> storage;
    private List<DriveSnapshot> drives;
    private Set<String> allowed;
    private Map<String, String> operations;
    private Map<String, String> otherConfig;
    private PendingGuidances pending;

    private TestVm(VmSnapshot vm) {
        power = vm.powerState();
        kind = vm.kind();
        autoStart = vm.autoPoweron();
        storage = vm.storage();
        drives = vm.drives();
        allowed = vm.allowedOperations();
        operations = vm.currentOperations();
        otherConfig = vm.otherConfig();
        pending = vm.pending();
    }

    static UnaryOperator<VmSnapshot> that(UnaryOperator<TestVm> change) {
        return vm -> change.apply(new TestVm(vm)).of(vm);
    }

    TestVm halted() {
        power = PowerState.HALTED;
        return this;
    }

    TestVm pv() {
        kind = GuestKind.PV;
        return this;
    }

    TestVm startsByItself() {
        autoStart = true;
        return this;
    }

    TestVm storage(SrSnapshot... srs) {
        storage = uuids(srs);
        return this;
    }

    TestVm discs(SrSnapshot... srs) {
        drives = Arrays.stream(srs).map(TestVm::drive).toList();
        return this;
    }

    /** @param words what the server allows it now */
    TestVm may(String... words) {
        allowed = Set.of(words);
        return this;
    }

    TestVm busy(String operation) {
        operations = Map.of("OpaqueRef:task", operation);
        return this;
    }

    TestVm otherConfig(String key, String value) {
        otherConfig = Map.of(key, value);
        return this;
    }

    TestVm owes(GuidanceLevel level, Guidance... what) {
        pending = new PendingGuidances(Map.of(level, Set.of(what)));
        return this;
    }

    /** With a disc whose uuid, and its drive's, are made of its storage's. */
    private static DriveSnapshot drive(SrSnapshot sr) {
        return new DriveSnapshot(
                new VbdUuid(sr.uuid().value()), new VdiUuid(sr.uuid().value()), sr.uuid());
    }

    private static Set<SrUuid> uuids(SrSnapshot... srs) {
        return Arrays.stream(srs).map(SrSnapshot::uuid).collect(Collectors.toUnmodifiableSet());
    }

    private VmSnapshot of(VmSnapshot vm) {
        return new VmSnapshot(
                vm.uuid(),
                vm.name(),
                power,
                power.isResident() ? vm.residentOn() : null,
                kind,
                vm.memory(),
                autoStart,
                storage,
                drives,
                allowed,
                operations,
                otherConfig,
                vm.startedAt(),
                pending);
    }
}
