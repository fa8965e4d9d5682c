package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.VmSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Storage that running guests of the pool use must be attached to every host that is worked on: shared storage always, local
 * storage of that host if it is its own (xencenter.md §4.2, "PBDsPlugged").
 */
final class StorageAttached implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<PrecheckRow> rows = new ArrayList<>();
        for (HostPlan plan : situation.workedOn()) {
            HostSnapshot host = situation.host(plan.hostUuid());
            if (HostsLive.answers(situation, host)) {
                usedStorage(situation).forEach((name, sr) -> {
                    if (isMissing(sr, host)) {
                        rows.add(row(situation, host, sr));
                    }
                });
            }
        }
        return rows;
    }

    private static TreeMap<String, SrSnapshot> usedStorage(Situation situation) {
        TreeMap<String, SrSnapshot> used = new TreeMap<>();
        situation.pool().vms().stream()
                .filter(vm -> vm.powerState().isResident())
                .map(VmSnapshot::storage)
                .flatMap(srs -> srs.stream())
                .distinct()
                .flatMap(sr -> situation.pool().sr(sr).stream())
                .filter(sr -> !sr.tools())
                .forEach(sr -> used.put(sr.name() + sr.uuid(), sr));
        return used;
    }

    private static boolean isMissing(SrSnapshot sr, HostSnapshot host) {
        boolean connected = host.storage().stream().anyMatch(pbd -> pbd.sr().equals(sr.uuid()));
        return !host.attaches(sr.uuid()) && (sr.shared() || connected);
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host, SrSnapshot sr) {
        TreeSet<String> users = new TreeSet<>();
        SrUuid uuid = sr.uuid();
        situation.pool().vms().stream()
                .filter(vm -> vm.powerState().isResident() && vm.storage().contains(uuid))
                .forEach(vm -> users.add(vm.name()));
        return Finding.of("STORAGE_NOT_ATTACHED", Severity.BLOCKING, situation)
                .on(host)
                .with("sr", sr.name())
                .with("srUuid", uuid.value())
                .with("vms", List.copyOf(users))
                .curedBy(Fixes.RECONNECT_STORAGE)
                .says(
                        "Storage " + sr.name() + " is not attached to host " + host.name(),
                        "Running VMs have disks there (" + String.join(", ", users)
                                + "): they could not run on this host, "
                                + "or come back to it. Attach (plug) the storage, or repair it, first.");
    }
}
