package io.xenpatch.xen;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A pool and all that matters of it at one moment. Decisions, prechecks and plans are made from this alone.
 *
 * @param name empty for a standalone host that nobody named
 * @param livePatchingEnabled the pool says {@code live_patching_disabled = false}; false when it does not say
 * @param ha its high availability
 * @param hosts coordinator first, then by name
 * @param vms guests only
 * @param currentOperations XAPI task reference → XAPI's word, for example {@code apply_updates}
 * @param repositories where it has its updates from
 * @param cluster the hosts' cluster for shared block storage
 * @param vswitchController address of the controller of its virtual switches; empty when it has none, or the server does not say
 */
public record PoolSnapshot(
        PoolUuid uuid,
        String name,
        Channel channel,
        HostUuid coordinator,
        boolean livePatchingEnabled,
        HaSettings ha,
        boolean wlbEnabled,
        Map<String, String> otherConfig,
        Map<String, String> currentOperations,
        List<HostSnapshot> hosts,
        List<VmSnapshot> vms,
        List<SrSnapshot> srs,
        List<UpdateInfo> updates,
        PoolRepositories repositories,
        ClusterSnapshot cluster,
        String vswitchController) {

    public PoolSnapshot {
        ha = HaSettings.orOff(ha);
        cluster = ClusterSnapshot.orNone(cluster);
        vswitchController = Objects.requireNonNullElse(vswitchController, "");
        repositories = PoolRepositories.orNone(repositories);
        otherConfig = Map.copyOf(otherConfig);
        currentOperations = Map.copyOf(currentOperations);
        HostUuid first = coordinator;
        hosts = hosts.stream()
                .sorted(Comparator.comparing((HostSnapshot host) -> !host.uuid().equals(first))
                        .thenComparing(HostSnapshot::name)
                        .thenComparing(host -> host.uuid().value()))
                .toList();
        vms = List.copyOf(vms);
        srs = List.copyOf(srs);
        updates = List.copyOf(updates);
    }

    public boolean haEnabled() {
        return ha.enabled();
    }

    /** What people call it; a standalone host without a pool name is known by its own. */
    public String displayName() {
        return name.isBlank() ? host(coordinator).map(HostSnapshot::name).orElse("") : name;
    }

    /** Whether guests that are marked for it start when a host boots. */
    public boolean startsGuests() {
        return "true".equals(otherConfig.get("auto_poweron"));
    }

    public Optional<HostSnapshot> host(HostUuid uuid) {
        return hosts.stream().filter(host -> host.uuid().equals(uuid)).findFirst();
    }

    public Optional<VmSnapshot> vm(VmUuid uuid) {
        return vms.stream().filter(vm -> vm.uuid().equals(uuid)).findFirst();
    }

    public Optional<SrSnapshot> sr(SrUuid uuid) {
        return srs.stream().filter(sr -> sr.uuid().equals(uuid)).findFirst();
    }

    public Optional<UpdateInfo> update(UpdateUuid uuid) {
        return updates.stream().filter(update -> update.uuid().equals(uuid)).findFirst();
    }

    /** Whether a host does not have an update; one that the pool does not know counts as lacking. */
    public boolean lacks(HostSnapshot host, UpdateUuid update) {
        return !host.appliedUpdates().contains(update)
                && update(update)
                        .map(known -> !known.appliedOn().contains(host.uuid()))
                        .orElse(true);
    }

    public List<VmSnapshot> residentOn(HostUuid host) {
        return vms.stream().filter(vm -> vm.isResidentOn(host)).toList();
    }

    /** The updates on a host that ask for a toolstack restart which it has not had since; by name. */
    public List<UpdateInfo> awaitingToolstackRestart(HostSnapshot host) {
        return updates.stream()
                .filter(update -> update.guidance().contains(Guidance.RESTART_TOOLSTACK)
                        && host.runsToolstackOfBefore(update.uuid()))
                .sorted(Comparator.comparing(UpdateInfo::name)
                        .thenComparing(update -> update.uuid().value()))
                .toList();
    }

    public PoolRole roleOf(HostUuid host) {
        return host.equals(coordinator) ? PoolRole.COORDINATOR : PoolRole.SUPPORTER;
    }

    /** Whether the licence of every live host allows live patching (R3). */
    public boolean licensedForLivePatching() {
        return hosts.stream().filter(HostSnapshot::live).allMatch(HostSnapshot::licensedForLivePatching);
    }
}
