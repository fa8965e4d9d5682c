package io.xenpatch.xen;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host or a guest still needs, as its server keeps it in up to three lists (xapi.md §7.9).
 *
 * @param lists a level that the server does not have is not in it: unknown, not empty
 */
public record PendingGuidances(Map<GuidanceLevel, Set<Guidance>> lists) {

    /** A server without these lists: Citrix Hypervisor, or any host before xapi 1.303. */
    public static final PendingGuidances UNKNOWN = new PendingGuidances(Map.of());

    public PendingGuidances {
        var copy = new EnumMap<GuidanceLevel, Set<Guidance>>(GuidanceLevel.class);
        lists.forEach((level, guidances) -> copy.put(level, Set.copyOf(guidances)));
        lists = Map.copyOf(copy);
    }

    /** For states that an earlier version kept, which have no such lists. */
    static PendingGuidances orUnknown(@Nullable PendingGuidances kept) {
        return kept == null ? UNKNOWN : kept;
    }

    /** Empty also where the server has no such list. */
    public Set<Guidance> at(GuidanceLevel level) {
        return lists.getOrDefault(level, Set.of());
    }
}
