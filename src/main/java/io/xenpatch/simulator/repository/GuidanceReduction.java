package io.xenpatch.simulator.repository;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What of guidance is left when one thing to do covers another (xapi.md §7.6 C and D). */
final class GuidanceReduction {
    /** What is done anyway by doing something greater. A guest that must be restarted must be so even if its host reboots. */
    private static final Map<Guidance, Set<Guidance>> COVERED = Map.of(
            Guidance.REBOOT_HOST,
            EnumSet.of(Guidance.RESTART_TOOLSTACK, Guidance.EVACUATE_HOST, Guidance.RESTART_DEVICE_MODEL),
            Guidance.EVACUATE_HOST,
            EnumSet.of(Guidance.RESTART_DEVICE_MODEL),
            Guidance.RESTART_VM,
            EnumSet.of(Guidance.RESTART_DEVICE_MODEL));

    private GuidanceReduction() {}

    /** What is left of one set, sorted and each once. */
    static List<Guidance> reduce(Collection<Guidance> set) {
        return set.stream()
                .filter(guidance -> !isCovered(guidance, set))
                .distinct()
                .sorted()
                .toList();
    }

    /** What a set adds to others, reduced: neither what they have nor what they cover. */
    static List<Guidance> reduce(Collection<Guidance> others, Collection<Guidance> set) {
        return reduce(set).stream()
                .filter(guidance -> !others.contains(guidance) && !isCovered(guidance, others))
                .toList();
    }

    private static boolean isCovered(Guidance guidance, Collection<Guidance> by) {
        return by.stream()
                .anyMatch(greater -> COVERED.getOrDefault(greater, Set.of()).contains(guidance));
    }

    /** From the most urgent kind on, what each kind adds to those before it. */
    static Guidances cascade(Map<GuidanceKind, Collection<Guidance>> byKind) {
        var before = new ArrayList<Guidance>();
        var left = new EnumMap<GuidanceKind, List<Guidance>>(GuidanceKind.class);
        for (var kind : new TreeSet<>(byKind.keySet())) {
            var set = byKind.getOrDefault(kind, List.of());
            left.put(kind, reduce(before, set));
            before.addAll(set);
        }
        return new Guidances(left);
    }
}
