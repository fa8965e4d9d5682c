package io.xenpatch.xapi.jsonrpc;

import static io.xenpatch.xapi.jsonrpc.Snapshots.text;

import io.xenpatch.xen.DriveSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The guests among a pool's VM records. */
final class GuestSnapshots {
    private final PoolRecords records;
    private final Map<String, Optional<HostUuid>> hosts = new HashMap<>();
    private @Nullable Map<String, Long> taken;

    GuestSnapshots(PoolRecords records) {
        this.records = records;
    }

    List<VmSnapshot> all() {
        var drives = new HashMap<String, List<StorageRecords.Vbd>>(records.all(RecordType.VBD).stream()
                .filter(vbd -> vbd.vm() != null && (isDrive(vbd) || !vbd.empty()))
                .collect(Collectors.groupingBy(vbd -> text(vbd.vm()))));
        var ofSnapshots = operationsOfSnapshots();
        if (drives.isEmpty() && ofSnapshots.isEmpty()) {
            return records.all(RecordType.VM).stream()
                    .filter(Records.Vm::guest)
                    .map(vm -> guest(vm, List.of(), Map.of()))
                    .toList();
        }
        return records.byRef(RecordType.VM).entrySet().stream()
                .filter(entry -> entry.getValue().guest())
                .map(entry -> guest(
                        entry.getValue(),
                        drives.getOrDefault(entry.getKey(), List.of()),
                        ofSnapshots.getOrDefault(entry.getKey(), Map.of())))
                .toList();
    }

    /** Backups export a snapshot of the guest: what goes on there shows on the snapshot alone. By the guest's reference. */
    private Map<String, Map<String, String>> operationsOfSnapshots() {
        var byGuest = new HashMap<String, Map<String, String>>();
        records.all(RecordType.VM).stream()
                .filter(vm -> vm.snapshotOf() != null && !vm.currentOperations().isEmpty())
                .forEach(vm -> byGuest.computeIfAbsent(text(vm.snapshotOf()), guest -> new HashMap<>())
                        .putAll(vm.currentOperations()));
        return byGuest;
    }

    private VmSnapshot guest(Records.Vm vm, List<StorageRecords.Vbd> drives, Map<String, String> ofSnapshots) {
        var power = vm.power();
        var config = vm.otherConfig();
        return new VmSnapshot(
                new VmUuid(vm.uuid()),
                text(vm.name()),
                power,
                power.isResident() ? host(vm.residentOn()) : null,
                vm.kind(),
                memory(vm),
                "true".equals(config.get("auto_poweron")),
                disks(drives),
                drives(drives),
                Set.copyOf(vm.allowedOperations()),
                with(vm.currentOperations(), ofSnapshots),
                config,
                records.find(RecordType.VM_METRICS, vm.metrics())
                        .map(Records.VmMetrics::startedAt)
                        .orElse(null),
                vm.pending());
    }

    private static Map<String, String> with(Map<String, String> own, Map<String, String> more) {
        if (more.isEmpty()) {
            return own;
        }
        var all = new HashMap<>(own);
        all.putAll(more);
        return all;
    }

    private @Nullable HostUuid host(@Nullable String ref) {
        return hosts.computeIfAbsent(
                        text(ref), each -> records.find(RecordType.HOST, each).map(host -> HostUuid.of(host.uuid())))
                .orElse(null);
    }

    private static boolean isDrive(StorageRecords.Vbd vbd) {
        return "CD".equalsIgnoreCase(vbd.type());
    }

    private Set<SrUuid> disks(List<StorageRecords.Vbd> drives) {
        if (drives.isEmpty()) {
            return Set.of();
        }
        return drives.stream()
                .filter(vbd -> !isDrive(vbd))
                .flatMap(vbd -> records.find(RecordType.VDI, vbd.vdi()).stream())
                .flatMap(vdi -> storageOf(vdi).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<SrUuid> storageOf(StorageRecords.Vdi vdi) {
        return records.find(RecordType.SR, vdi.sr()).map(sr -> SrUuid.of(sr.uuid()));
    }

    private List<DriveSnapshot> drives(List<StorageRecords.Vbd> drives) {
        return drives.stream()
                .filter(vbd -> isDrive(vbd) && vbd.uuid() != null)
                .map(this::drive)
                .toList();
    }

    private DriveSnapshot drive(StorageRecords.Vbd vbd) {
        var disc = vbd.empty()
                ? Optional.<StorageRecords.Vdi>empty()
                : records.find(RecordType.VDI, vbd.vdi()).filter(vdi -> vdi.uuid() != null);
        return new DriveSnapshot(
                VbdUuid.of(text(vbd.uuid())),
                disc.map(vdi -> VdiUuid.of(text(vdi.uuid()))).orElse(null),
                disc.flatMap(this::storageOf).orElse(null));
    }

    /**
     * Bytes that the guest needs on a target. A running one: what it has now ({@code memory_actual}), a halted or suspended one:
     * what it may have ({@code memory_static_max}); and what Xen needs for it ({@code memory_overhead}). With dynamic memory the
     * server's planner could squeeze a guest below what it has; we count what it has, so that a plan of ours is never refused for
     * want of memory.
     */
    private long memory(Records.Vm vm) {
        var actual = vm.power().isResident()
                ? records.find(RecordType.VM_METRICS, vm.metrics())
                        .map(Records.VmMetrics::memoryActual)
                        .orElse(0L)
                : 0L;
        return (actual > 0 ? actual : vm.memoryStaticMax()) + vm.memoryOverhead();
    }

    /** What runs on a host, its control domain included, or is about to. */
    long memoryTakenOn(String host) {
        if (taken == null) {
            taken = memoryTaken();
        }
        return taken.getOrDefault(host, 0L);
    }

    private Map<String, Long> memoryTaken() {
        var byHost = new HashMap<String, Long>();
        for (var vm : records.all(RecordType.VM)) {
            Stream.of(text(vm.residentOn()), text(vm.scheduledOn()))
                    .distinct()
                    .forEach(host -> byHost.merge(host, memory(vm), Long::sum));
        }
        return byHost;
    }
}
