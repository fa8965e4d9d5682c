package io.xenpatch.plan;

import io.xenpatch.xen.UpdateUuid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The updates that one host lacks, in the order in which they are applied (R11, xencenter.md §10).
 *
 * @param leftOut what can't be applied, and why; a precheck says it
 */
public record UpdateSequence(List<UpdateUuid> updates, List<LeftOut> leftOut) {

    public static final UpdateSequence NOTHING = new UpdateSequence(List.of(), List.of());

    public UpdateSequence {
        updates = List.copyOf(updates);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * An update that is not applied.
     *
     * @param because the updates that are missing or exclude it
     * @param unmet what else is missing, in the server's words
     */
    public record LeftOut(UpdateUuid update, Why why, List<UpdateUuid> because, List<String> unmet) {

        public LeftOut {
            because = List.copyOf(because);
            unmet = List.copyOf(unmet);
        }
    }

    /** Why an update is not applied. */
    public enum Why {
        /** It needs something that the host has not and that is not applied before it either. */
        REQUIREMENT_MISSING,
        /** The host has, or gets, an update that excludes it. */
        CONFLICT,
        /** The feed names it but does not describe it. */
        NOT_DESCRIBED
    }

    /**
     * Something that the host lacks.
     *
     * @param described whether it is known what it requires
     * @param requires what the host must have before
     * @param conflicts what the host must not have
     * @param unmet what it needs that no update is
     */
    record Candidate(
            UpdateUuid update,
            boolean described,
            Set<UpdateUuid> requires,
            Set<UpdateUuid> conflicts,
            List<String> unmet) {

        Candidate {
            requires = Set.copyOf(requires);
            conflicts = Set.copyOf(conflicts);
            unmet = List.copyOf(unmet);
        }

        boolean fits(Set<UpdateUuid> there) {
            return described
                    && unmet.isEmpty()
                    && there.containsAll(requires)
                    && conflicts.stream().noneMatch(there::contains);
        }
    }

    /**
     * Lays candidates in order: again and again the first one that fits to what is there by then. What never fits is left out.
     *
     * @param applied what the host has
     */
    static UpdateSequence order(List<Candidate> candidates, Set<UpdateUuid> applied) {
        Map<UpdateUuid, Candidate> left = new LinkedHashMap<>();
        candidates.stream()
                .filter(candidate -> !applied.contains(candidate.update()))
                .forEach(candidate -> left.putIfAbsent(candidate.update(), candidate));
        Set<UpdateUuid> there = new HashSet<>(applied);
        List<UpdateUuid> placed = new ArrayList<>();
        Optional<Candidate> next = firstFitting(left, there);
        while (next.isPresent()) {
            UpdateUuid update = next.get().update();
            left.remove(update);
            there.add(update);
            placed.add(update);
            next = firstFitting(left, there);
        }
        return new UpdateSequence(
                placed,
                left.values().stream()
                        .map(candidate -> leftOut(candidate, there))
                        .toList());
    }

    private static Optional<Candidate> firstFitting(Map<UpdateUuid, Candidate> left, Set<UpdateUuid> there) {
        return left.values().stream().filter(candidate -> candidate.fits(there)).findFirst();
    }

    private static LeftOut leftOut(Candidate candidate, Set<UpdateUuid> there) {
        if (!candidate.described()) {
            return new LeftOut(candidate.update(), Why.NOT_DESCRIBED, List.of(), List.of());
        }
        List<UpdateUuid> conflicting = sorted(candidate.conflicts(), there::contains);
        if (!conflicting.isEmpty()) {
            return new LeftOut(candidate.update(), Why.CONFLICT, conflicting, List.of());
        }
        List<UpdateUuid> missing = sorted(candidate.requires(), update -> !there.contains(update));
        return new LeftOut(candidate.update(), Why.REQUIREMENT_MISSING, missing, candidate.unmet());
    }

    private static List<UpdateUuid> sorted(Set<UpdateUuid> updates, Predicate<UpdateUuid> which) {
        return updates.stream()
                .filter(which)
                .sorted(Comparator.comparing(UpdateUuid::value))
                .toList();
    }
}
