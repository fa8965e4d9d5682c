package io.xenpatch.simulator.repository;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Guidance by kind: of an update as written in {@code updateinfo.xml}, or of a host reduced and sorted.
 *
 * @param byKind only the kinds that were told
 */
public record Guidances(Map<GuidanceKind, List<Guidance>> byKind) {
    /** No kind at all. */
    public static final Guidances NONE = new Guidances(Map.of());

    public Guidances {
        var copy = new EnumMap<GuidanceKind, List<Guidance>>(GuidanceKind.class);
        byKind.forEach((kind, list) -> copy.put(kind, List.copyOf(list)));
        byKind = Collections.unmodifiableMap(copy);
    }

    /** The guidance of one kind, empty if that wasn't told. */
    public List<Guidance> of(GuidanceKind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** Whether one kind has any of these. */
    public boolean has(GuidanceKind kind, Collection<Guidance> any) {
        return of(kind).stream().anyMatch(any::contains);
    }
}
