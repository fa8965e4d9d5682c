package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.HostPackagesScenario;
import io.xenpatch.simulator.PublishedUpdate;
import io.xenpatch.simulator.repository.Evr;
import io.xenpatch.simulator.repository.HostListing;
import io.xenpatch.simulator.repository.LivePatchComponent;
import io.xenpatch.simulator.repository.RepositoryLivePatch;
import io.xenpatch.simulator.repository.RpmPackage;
import io.xenpatch.simulator.repository.RpmUpdate;
import io.xenpatch.simulator.repository.RunningLivePatch;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one host has installed and what of it runs. The database knows nothing of it. */
final class HostPackages {
    private final Map<String, RpmPackage> installed = new LinkedHashMap<>();
    private final Map<LivePatchComponent, RunningLivePatch> running = new EnumMap<>(LivePatchComponent.class);
    private final Map<LivePatchComponent, String> nextBuilds = new EnumMap<>(LivePatchComponent.class);
    private final Set<LivePatchComponent> unpatchable = EnumSet.noneOf(LivePatchComponent.class);
    private final Map<String, String> software = new LinkedHashMap<>();

    HostPackages(List<HostPackagesScenario> described) {
        described.forEach(this::take);
    }

    private void take(HostPackagesScenario described) {
        described.installed().stream()
                .map(RpmPackage::parse)
                .flatMap(Optional::stream)
                .forEach(rpm -> installed.put(rpm.nameArch(), rpm));
        described.builds().forEach((component, build) -> {
            var loaded = described.livePatches().get(component);
            running.put(component, new RunningLivePatch(component, build, loaded == null ? null : Evr.parse(loaded)));
        });
        unpatchable.addAll(described.livePatchFails());
    }

    /** What the host tells its coordinator about a mirrored repository. */
    HostListing listing(Mirror mirror) {
        return HostListing.of(mirror.repository(), mirror.offered(), installed.values(), List.copyOf(running.values()));
    }

    /** Installs everything that is new, which runs after the next start of what was updated. */
    void install(Mirror mirror) {
        var listing = listing(mirror);
        var updates = listing.accumulative().stream().map(RpmUpdate::updateId).toList();
        listing.latest().stream().map(RpmUpdate::offered).forEach(rpm -> installed.put(rpm.nameArch(), rpm));
        for (PublishedUpdate update : mirror.published()) {
            if (updates.contains(update.id())) {
                software.putAll(update.software());
                nextBuilds.putAll(update.builds());
            }
        }
    }

    /** Whether no live patch of the component can be loaded in reality. */
    boolean isUnpatchable(LivePatchComponent component) {
        return unpatchable.contains(component);
    }

    void load(RepositoryLivePatch patch) {
        running.put(patch.component(), new RunningLivePatch(patch.component(), patch.baseBuildId(), patch.to()));
    }

    /** The host started: what is installed runs, and no live patch is loaded. */
    void booted() {
        running.replaceAll((component, before) ->
                new RunningLivePatch(component, nextBuilds.getOrDefault(component, before.baseBuildId()), null));
        nextBuilds.clear();
    }

    /** What {@code software_version} says once everything that is installed runs. */
    Map<String, String> software() {
        return Collections.unmodifiableMap(software);
    }
}
