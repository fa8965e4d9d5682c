package io.xenpatch.xen;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A host as its pool describes it at one moment.
 *
 * @param live {@code host_metrics.live}; may be stale for ten minutes after a crash (R20)
 * @param bootedAt {@code other_config["boot_time"]}; null when the server does not say
 * @param toolstackStartedAt {@code other_config["agent_start_time"]}; null when the server does not say
 * @param memoryTotal bytes; 0 when unknown
 * @param memoryFree bytes; 0 when unknown
 * @param appliedSince when updates were applied, without those of which the server does not say it
 * @param updatesRequiringReboot updates that wait for a reboot of this host, failed live patches among them
 * @param currentOperations XAPI task reference → XAPI's word, for example {@code evacuate}, {@code reboot}
 * @param software what it says of updates from repositories
 * @param retired settings that later versions don't have
 */
public record HostSnapshot(
        HostUuid uuid,
        String name,
        String address,
        boolean live,
        boolean enabled,
        @Nullable Instant bootedAt,
        @Nullable Instant toolstackStartedAt,
        Map<String, String> softwareVersion,
        Map<String, String> licenseParams,
        Map<String, String> otherConfig,
        Set<UpdateUuid> appliedUpdates,
        Set<AppliedUpdate> appliedSince,
        Set<UpdateUuid> updatesRequiringReboot,
        List<StorageConnection> storage,
        long memoryTotal,
        long memoryFree,
        Map<String, String> currentOperations,
        HostSoftware software,
        RetiredSettings retired) {

    public HostSnapshot {
        retired = RetiredSettings.orNone(retired);
        software = HostSoftware.orUnknown(software);
        softwareVersion = Map.copyOf(softwareVersion);
        licenseParams = Map.copyOf(licenseParams);
        otherConfig = Map.copyOf(otherConfig);
        appliedUpdates = Set.copyOf(appliedUpdates);
        appliedSince = Set.copyOf(appliedSince);
        updatesRequiringReboot = Set.copyOf(updatesRequiringReboot);
        storage = List.copyOf(storage);
        currentOperations = Map.copyOf(currentOperations);
    }

    /** Whether a person's maintenance mode or switch-off is on (R27). */
    public boolean inMaintenance() {
        return !enabled || otherConfig.containsKey("MAINTENANCE_MODE");
    }

    /** Whether the licence allows live patching: exactly "false" (R3). */
    public boolean licensedForLivePatching() {
        return "false".equals(licenseParams.get("restrict_live_patching"));
    }

    /** Whether the toolstack runs since before the update was applied; no where the server does not tell both times. */
    public boolean runsToolstackOfBefore(UpdateUuid update) {
        return toolstackStartedAt != null
                && appliedSince.stream()
                        .anyMatch(applied ->
                                applied.update().equals(update) && applied.at().isAfter(toolstackStartedAt));
    }

    /**
     * What packages that clients installed on this host leave to do (XCP-ng; R32): a boot settles everything, a start of the toolstack its
     * restart. Where the host does not say when it started, nothing is settled.
     */
    public OwedRestart owedForPackages() {
        InstallationNote note = InstallationNote.in(otherConfig);
        if (note == null || startedSince(note.at(), bootedAt)) {
            return OwedRestart.NOTHING;
        }
        boolean settled = note.owed() == OwedRestart.RESTART_TOOLSTACK && startedSince(note.at(), toolstackStartedAt);
        return settled ? OwedRestart.NOTHING : note.owed();
    }

    /** When packages were installed last, as clients note it; null when none was, or nobody noted it. */
    public @Nullable Instant packagesInstalledAt() {
        InstallationNote note = InstallationNote.in(otherConfig);
        return note == null ? null : note.at();
    }

    private static boolean startedSince(Instant installed, @Nullable Instant start) {
        return start != null && !start.isBefore(installed);
    }

    /** The entry of {@code software_version}; empty when the server does not say. */
    public String versionOf(String part) {
        return softwareVersion.getOrDefault(part, "");
    }

    /** Newer (positive), older (negative), or the same by platform and toolstack; a part that one of them does not tell counts as equal. */
    public int compareVersion(HostSnapshot other) {
        return Stream.of("platform_version", "xapi_build")
                .filter(part ->
                        !versionOf(part).isEmpty() && !other.versionOf(part).isEmpty())
                .mapToInt(part -> Version.of(versionOf(part)).compareTo(Version.of(other.versionOf(part))))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
    }

    /**
     * Whether guests of another host may come here as far as versions matter: nothing that the server compares is lower (xapi.md §8.3 rule
     * 1). What a host does not tell is lowest.
     */
    public boolean isNotOlderThan(HostSnapshot source) {
        return Stream.of("platform_version", "xapi_build", "xen")
                .allMatch(part -> Version.of(versionOf(part)).compareTo(Version.of(source.versionOf(part))) >= 0);
    }

    /** Whether its platform version is not lower than one and lower than another; no when the server does not tell it. */
    public boolean hasPlatform(String from, String below) {
        Version platform = Version.of(versionOf("platform_version"));
        return platform.isAtLeast(from) && !platform.isAtLeast(below);
    }

    /** Whether a storage repository is attached to it now. */
    public boolean attaches(SrUuid sr) {
        return storage.stream().anyMatch(pbd -> pbd.sr().equals(sr) && pbd.attached());
    }

    public boolean isBusyWith(String operation) {
        return currentOperations.containsValue(operation);
    }
}
