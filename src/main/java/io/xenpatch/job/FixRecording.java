package io.xenpatch.job;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.xen.DriveSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.StorageConnection;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What is recorded of fixes before they are made: what was before. */
final class FixRecording {

    private FixRecording() {}

    /** What is recorded of a fix before it is made; empty when there is nothing to change. */
    static Optional<FixAction> of(PlannedFix fix, PoolSnapshot pool) {
        UUID subject = fix.subject();
        return switch (fix.code()) {
            case HA_OFF ->
                Optional.<FixAction>of(new PoolFixes.HaOff(pool.ha())).filter(ha -> pool.haEnabled());
            case WLB_OFF -> Optional.<FixAction>of(new PoolFixes.WlbOff()).filter(wlb -> pool.wlbEnabled());
            case AUTO_START_OFF -> autoStart(subject, pool);
            case PAUSE_UPDATE_SYNC ->
                Optional.<FixAction>of(new PoolFixes.SyncPaused())
                        .filter(sync -> pool.repositories().periodicSync());
            case EJECT_CD ->
                drives(pool)
                        .filter(drive -> drive.uuid().value().equals(subject) && drive.disc() != null)
                        .findFirst()
                        .map(drive -> new GuestFixes.DiscEjected(drive.uuid(), Objects.requireNonNull(drive.disc())));
            case SUSPEND_VM ->
                running(subject, pool).map(vm -> new GuestFixes.VmSuspended(vm.uuid(), vm.name(), vm.residentOn()));
            case SHUTDOWN_VM_CLEAN, SHUTDOWN_VM_HARD ->
                running(subject, pool)
                        .map(vm -> new GuestFixes.VmShutDown(
                                vm.uuid(), vm.name(), vm.residentOn(), fix.code() == FixCode.SHUTDOWN_VM_HARD));
            case RECONNECT_STORAGE ->
                connections(pool)
                        .filter(pbd -> pbd.pbd().value().equals(subject) && !pbd.attached())
                        .findFirst()
                        .map(pbd -> new Preparations.StorageAttached(pbd.pbd()));
            case POWER_ON_HOST ->
                pool.host(new HostUuid(subject))
                        .filter(host -> !host.live())
                        .map(host -> new Preparations.HostSwitchedOn(host.uuid(), host.name()));
            case SYNC_UPDATES ->
                Optional.of(new Preparations.UpdatesFetched(pool.repositories().syncedAt()));
            case ADD_COORDINATOR -> Optional.empty();
        };
    }

    private static Optional<FixAction> autoStart(UUID subject, PoolSnapshot pool) {
        if (pool.uuid().value().equals(subject)) {
            return Optional.ofNullable(pool.otherConfig().get(FixAction.AUTO_START))
                    .filter(value -> !value.equals("false"))
                    .map(PoolFixes.PoolAutoStartOff::new);
        }
        return pool.vm(new VmUuid(subject))
                .flatMap(vm -> Optional.ofNullable(vm.otherConfig().get(FixAction.AUTO_START))
                        .filter(value -> !value.equals("false"))
                        .map(value -> new GuestFixes.VmAutoStartOff(vm.uuid(), vm.name(), value)));
    }

    private static Optional<VmSnapshot> running(UUID vm, PoolSnapshot pool) {
        return pool.vm(new VmUuid(vm)).filter(seen -> seen.powerState() == PowerState.RUNNING);
    }

    static Stream<DriveSnapshot> drives(PoolSnapshot pool) {
        return pool.vms().stream().flatMap(vm -> vm.drives().stream());
    }

    static Stream<StorageConnection> connections(PoolSnapshot pool) {
        return pool.hosts().stream().flatMap(host -> host.storage().stream());
    }
}
