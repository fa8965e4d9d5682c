package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.PendingGuidances;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** XAPI's words for what is left to do, in all their spellings. */
final class Guidances {
    private static final PendingGuidances NOTHING = of(List.of(), List.of(), List.of());

    private Guidances() {}

    static Set<Guidance> of(Collection<String> words) {
        return words.stream().map(Guidance::parse).collect(Collectors.toUnmodifiableSet());
    }

    /** The three pending lists of an object; a list is null where the server does not have it. */
    static PendingGuidances pending(
            @Nullable List<String> mandatory, @Nullable List<String> recommended, @Nullable List<String> full) {
        if (mandatory == null && recommended == null && full == null) {
            return PendingGuidances.UNKNOWN;
        }
        var pending = of(mandatory, recommended, full);
        return pending.equals(NOTHING) ? NOTHING : pending;
    }

    private static PendingGuidances of(
            @Nullable List<String> mandatory, @Nullable List<String> recommended, @Nullable List<String> full) {
        Map<GuidanceLevel, Set<Guidance>> lists = new EnumMap<>(GuidanceLevel.class);
        put(lists, GuidanceLevel.MANDATORY, mandatory);
        put(lists, GuidanceLevel.RECOMMENDED, recommended);
        put(lists, GuidanceLevel.FULL, full);
        return new PendingGuidances(lists);
    }

    private static void put(
            Map<GuidanceLevel, Set<Guidance>> lists, GuidanceLevel level, @Nullable List<String> words) {
        if (words != null) {
            lists.put(level, of(words));
        }
    }
}
