package io.xenpatch.xen;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An update of a repository, as {@code GET /updates} tells it (xapi.md §7.3).
 *
 * @param title its title, or where it has none its summary
 * @param type XAPI's word, for example {@code security}
 * @param severity XAPI's word: {@code High} or {@code None}
 * @param guidance what it asks for by itself, before the server takes its live patches into account
 * @param livePatchGuidance what it asks for where its live patches are used
 * @param livePatches those that the server has chosen
 */
public record AvailableUpdate(
        String id,
        String title,
        String description,
        String type,
        String severity,
        @Nullable Instant issuedAt,
        String url,
        Map<GuidanceLevel, Set<Guidance>> guidance,
        Set<Guidance> livePatchGuidance,
        List<LivePatch> livePatches) {

    public AvailableUpdate {
        guidance = Map.copyOf(guidance);
        livePatchGuidance = Set.copyOf(livePatchGuidance);
        livePatches = List.copyOf(livePatches);
    }

    AvailableUpdate withoutDescription() {
        return new AvailableUpdate(
                id, title, "", type, severity, issuedAt, url, guidance, livePatchGuidance, livePatches);
    }

    /** Whether it asks for a reboot by itself, so that only its live patches make one needless (R4). */
    public boolean wantsReboot() {
        return guidance.getOrDefault(GuidanceLevel.MANDATORY, Set.of()).contains(Guidance.REBOOT_HOST)
                || guidance.getOrDefault(GuidanceLevel.RECOMMENDED, Set.of()).contains(Guidance.REBOOT_HOST);
    }
}
