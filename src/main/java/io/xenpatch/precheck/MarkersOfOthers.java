package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Other tools leave word in {@code other_config} of what they are about: two tools at once undo each other's work (P5.13). */
final class MarkersOfOthers implements Precheck {
    private static final List<String> WORDS = List.of("maintenance", "rolling", "patching");

    /** XenCenter balances the load; Xen Orchestra waits for an event, which takes it moments. */
    private static final List<String> KNOWN = List.of("wlb_optimizing_pool", "xo:barrier:");

    private static final Set<String> NO = Set.of("", "false", "0");

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (situation.workedOn().isEmpty()) {
            return List.of();
        }
        Stream<PrecheckRow> ofPool = markers(situation.pool().otherConfig())
                .map(key -> row(
                        Finding.of("MARKER_OF_ANOTHER_TOOL", Severity.WARNING, situation),
                        "Pool " + situation.poolName(),
                        key));
        Stream<PrecheckRow> ofHosts = situation.pool().hosts().stream()
                .flatMap(host -> markers(host.otherConfig())
                        .filter(key -> !isMaintenance(host, key))
                        .map(key -> row(
                                Finding.of("MARKER_OF_ANOTHER_TOOL", Severity.WARNING, situation)
                                        .on(host),
                                "Host " + host.name(),
                                key)));
        return Stream.concat(ofPool, ofHosts).toList();
    }

    private static Stream<String> markers(Map<String, String> config) {
        return config.entrySet().stream()
                .filter(entry -> !NO.contains(entry.getValue().strip().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getKey)
                .filter(MarkersOfOthers::isMarker)
                .sorted();
    }

    private static boolean isMarker(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        boolean ours = lower.startsWith("xenpatch:") || key.equals(RollingUpgrade.KEY);
        return !ours
                && (KNOWN.stream().anyMatch(lower::startsWith) || WORDS.stream().anyMatch(lower::contains));
    }

    /** A person's maintenance is {@link MaintenanceRespected}'s. */
    private static boolean isMaintenance(HostSnapshot host, String key) {
        return key.startsWith("MAINTENANCE_MODE") && host.inMaintenance();
    }

    /** Values are not shown: nobody knows what others put there. */
    private static PrecheckRow row(Finding finding, String bearer, String key) {
        return finding.with("key", key)
                .says(
                        bearer + " carries the marker " + key + " of another tool",
                        "Another tool, or a person, seems to be working on it, or has left the marker behind. Make sure that nobody"
                                + " else updates or restarts hosts of this pool meanwhile; remove the key from other_config if it is"
                                + " stale.");
    }
}
