package io.xenpatch.pool;

import io.xenpatch.xen.Channel;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmSnapshot;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as the inventory keeps it. Lists are sorted, so that equal states make equal documents.
 *
 * @param name the pool's; its coordinator's where nobody named it
 */
record Projection(
        String name,
        PoolFacts pool,
        Map<UUID, HostFacts> hosts,
        Map<UUID, VmFacts> vms,
        Map<UUID, UpdateFacts> updates) {

    static Projection of(PoolSnapshot pool) {
        var coordinator = pool.host(pool.coordinator());
        var hosts = new LinkedHashMap<UUID, HostFacts>();
        pool.hosts().forEach(host -> hosts.put(host.uuid().value(), host(pool, host)));
        var vms = new LinkedHashMap<UUID, VmFacts>();
        pool.vms().forEach(vm -> vms.put(vm.uuid().value(), vm(vm)));
        var updates = new LinkedHashMap<UUID, UpdateFacts>();
        pool.updates().forEach(update -> updates.put(update.uuid().value(), update(pool, update)));
        return new Projection(
                pool.name().isBlank() ? coordinator.map(HostSnapshot::name).orElse("") : pool.name(),
                new PoolFacts(
                        pool.coordinator().value(),
                        coordinator.map(host -> product(host)).orElse(null),
                        coordinator.map(host -> version(host)).orElse(null),
                        pool.channel(),
                        pool.livePatchingEnabled(),
                        pool.licensedForLivePatching(),
                        pool.haEnabled(),
                        pool.wlbEnabled(),
                        pool.hosts().size(),
                        pool.channel() == Channel.REPOSITORY ? RepositoryFacts.of(pool.repositories()) : null),
                hosts,
                vms,
                updates);
    }

    private static HostFacts host(PoolSnapshot pool, HostSnapshot host) {
        var pending = pending(pool, host);
        return new HostFacts(
                host.name(),
                host.address(),
                pool.roleOf(host.uuid()),
                host.live(),
                host.enabled(),
                host.inMaintenance(),
                product(host),
                version(host),
                host.softwareVersion().get("build_number"),
                sorted(host.appliedUpdates(), update -> update.value()),
                status(pool, host, pending),
                pending,
                host.licensedForLivePatching(),
                pool.residentOn(host.uuid()).size(),
                host.memoryTotal(),
                host.memoryFree(),
                host.bootedAt(),
                host.toolstackStartedAt(),
                words(host.currentOperations()));
    }

    private static List<PendingTask> pending(PoolSnapshot pool, HostSnapshot host) {
        var reboots = host.updatesRequiringReboot().stream()
                .map(update -> new PendingTask(
                        UpdateTask.REBOOT_HOST,
                        "Update " + pool.update(update).map(UpdateInfo::name).orElse(update.toString())
                                + " takes effect with a reboot",
                        update.value()));
        // a reboot is a toolstack restart too (R6)
        var toolstacks = host.updatesRequiringReboot().isEmpty()
                ? pool.awaitingToolstackRestart(host).stream()
                        .map(update -> new PendingTask(
                                UpdateTask.RESTART_TOOLSTACK,
                                "Update " + update.name() + " takes effect with a toolstack restart",
                                update.uuid().value()))
                : Stream.<PendingTask>empty();
        return Stream.of(reboots, toolstacks, listed(host), packages(host))
                .flatMap(each -> each)
                .sorted(Comparator.comparing(PendingTask::reason)
                        .thenComparing(PendingTask::updateUuid, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    /** What updates from repositories left to do; the server does not say which of them. */
    private static Stream<PendingTask> listed(HostSnapshot host) {
        return Arrays.stream(GuidanceLevel.values())
                .flatMap(level -> host.software().pending().at(level).stream()
                        .flatMap(guidance -> task(guidance).stream())
                        .distinct()
                        .map(task -> new PendingTask(task, reason(level), null)));
    }

    private static Optional<UpdateTask> task(Guidance guidance) {
        if (guidance.isReboot()) {
            return Optional.of(UpdateTask.REBOOT_HOST);
        }
        return guidance == Guidance.RESTART_TOOLSTACK ? Optional.of(UpdateTask.RESTART_TOOLSTACK) : Optional.empty();
    }

    private static String reason(GuidanceLevel level) {
        return switch (level) {
            case MANDATORY -> "An earlier update made it mandatory: nothing more is installed before it is done";
            case RECOMMENDED -> "An earlier update takes effect with it";
            case FULL -> "An earlier update takes full effect with it";
        };
    }

    /** What clients noted of XCP-ng's packages (R32). */
    private static Stream<PendingTask> packages(HostSnapshot host) {
        return switch (host.owedForPackages()) {
            case NOTHING -> Stream.empty();
            case RESTART_TOOLSTACK ->
                Stream.of(new PendingTask(
                        UpdateTask.RESTART_TOOLSTACK, "Packages take effect with a toolstack restart", null));
            case REBOOT_HOST ->
                Stream.of(new PendingTask(UpdateTask.REBOOT_HOST, "Packages take effect with a reboot", null));
        };
    }

    private static UpdateStatus status(PoolSnapshot pool, HostSnapshot host, List<PendingTask> pending) {
        if (!pending.isEmpty()) {
            return UpdateStatus.TASKS_PENDING;
        }
        boolean missing = pool.updates().stream()
                .anyMatch(update -> update.uploaded() && !update.appliedOn().contains(host.uuid()));
        if (missing) {
            return UpdateStatus.UPDATES_AVAILABLE;
        }
        if (pool.channel() == Channel.POOL_UPDATE) {
            return UpdateStatus.UP_TO_DATE;
        }
        // what repositories and XCP-ng have is only told when they are asked, which reading never does; but a server
        // with
        // repositories says whether a host has all that it synchronised last
        Boolean latest = host.software().hasLatestSynced();
        if (latest == null) {
            return UpdateStatus.UNKNOWN;
        }
        return latest ? UpdateStatus.UP_TO_DATE : UpdateStatus.UPDATES_AVAILABLE;
    }

    private static VmFacts vm(VmSnapshot vm) {
        HostUuid host = vm.powerState().isResident() ? vm.residentOn() : null;
        return new VmFacts(
                vm.name(),
                vm.powerState(),
                host == null ? null : host.value(),
                vm.kind(),
                vm.memory(),
                vm.startedAt(),
                words(vm.currentOperations()));
    }

    private static UpdateFacts update(PoolSnapshot pool, UpdateInfo update) {
        return new UpdateFacts(
                update.name(),
                update.description(),
                update.version(),
                update.guidance().stream().sorted().toList(),
                update.installationSize(),
                sorted(update.appliedOn(), host -> host.value()),
                pool.hosts().stream()
                        .map(HostSnapshot::uuid)
                        .filter(host -> !update.appliedOn().contains(host))
                        .map(HostUuid::value)
                        .sorted()
                        .toList(),
                update.uploaded());
    }

    private static @Nullable String product(HostSnapshot host) {
        return host.softwareVersion().get("product_brand");
    }

    private static @Nullable String version(HostSnapshot host) {
        return host.softwareVersion().get("product_version");
    }

    private static <T> List<UUID> sorted(Collection<T> ids, Function<T, UUID> uuid) {
        return ids.stream().map(uuid).sorted().toList();
    }

    private static List<String> words(Map<String, String> operations) {
        return operations.values().stream().sorted().toList();
    }
}
