package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.xenpatch.simulator.repository.LivePatchComponent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a host, or every host that says nothing else, has installed and runs when the simulation begins. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class HostPackagesScenario {
    private List<String> installed = new ArrayList<>();
    private Map<LivePatchComponent, String> builds = new EnumMap<>(LivePatchComponent.class);
    private Map<LivePatchComponent, String> livePatches = new EnumMap<>(LivePatchComponent.class);
    private Set<LivePatchComponent> livePatchFails = EnumSet.noneOf(LivePatchComponent.class);

    HostPackagesScenario() {}

    /** Packages as {@code name-version-release.arch}. */
    public HostPackagesScenario installed(String... fullNames) {
        installed.addAll(List.of(fullNames));
        return this;
    }

    /** Identifier of the build that runs. */
    public HostPackagesScenario build(LivePatchComponent component, String buildId) {
        builds.put(component, buildId);
        return this;
    }

    /** A live patch is loaded up to this {@code version-release}. */
    public HostPackagesScenario livePatched(LivePatchComponent component, String to) {
        livePatches.put(component, to);
        return this;
    }

    /** Loading a live patch of the component fails in reality. */
    public HostPackagesScenario livePatchFails(LivePatchComponent... components) {
        livePatchFails.addAll(List.of(components));
        return this;
    }

    void validate(String repository) {
        installed.forEach(fullName -> PublishedUpdate.checkPackage("Repository " + repository, fullName));
    }

    public List<String> installed() {
        return List.copyOf(installed);
    }

    public Map<LivePatchComponent, String> builds() {
        return Map.copyOf(builds);
    }

    public Map<LivePatchComponent, String> livePatches() {
        return Map.copyOf(livePatches);
    }

    public Set<LivePatchComponent> livePatchFails() {
        return Set.copyOf(livePatchFails);
    }
}
