package io.xenpatch.simulator.repository;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * One update of {@code updateinfo.xml} (xapi.md §7.4).
 *
 * @param id never empty, unique in its repository
 * @param type never empty, for example {@code security}
 * @param summary never empty
 * @param issued the epoch if it isn't told
 * @param guidance what it asks for, of every kind
 * @param applicabilities of what its guidance depends; of nothing if there are none
 */
public record UpdateRecord(
        String id,
        String type,
        String summary,
        String description,
        String specialInfo,
        String url,
        String title,
        Instant issued,
        Severity severity,
        Guidances guidance,
        List<Applicability> applicabilities,
        List<RepositoryLivePatch> livePatches) {

    public UpdateRecord {
        applicabilities = List.copyOf(applicabilities);
        livePatches = List.copyOf(livePatches);
    }

    /**
     * The same update as {@code GET /updates} shows it: with only those of its live patches that a host loads, or whose place what it
     * loads takes.
     *
     * @param selected what is loaded
     */
    public UpdateRecord withOnly(Collection<RepositoryLivePatch> selected) {
        return new UpdateRecord(
                id,
                type,
                summary,
                description,
                specialInfo,
                url,
                title,
                issued,
                severity,
                guidance,
                applicabilities,
                livePatches.stream()
                        .filter(livePatch -> selected.stream().anyMatch(each -> each.replaces(livePatch)))
                        .toList());
    }

    /** Whether its guidance counts where this package is replaced. */
    boolean isApplicableTo(RpmUpdate update) {
        return applicabilities.isEmpty() || applicabilities.stream().anyMatch(rule -> rule.appliesTo(update));
    }
}
