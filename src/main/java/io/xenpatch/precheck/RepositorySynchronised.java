package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.UpdateRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is on offer is as old as the last synchronisation (P4, R15). */
final class RepositorySynchronised implements Precheck {
    /** The server synchronises weekly by itself where it is told to. */
    private static final Duration STALE = Duration.ofDays(8);

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        PoolRepositories repositories = situation.pool().repositories();
        if (!situation.isFromRepository() || repositories.enabled().isEmpty()) {
            return List.of();
        }
        List<PrecheckRow> rows = new ArrayList<>();
        Instant syncedAt = repositories.syncedAt();
        if (syncedAt == null || isNeeded(situation)) {
            rows.add(neverSynchronised(situation));
        } else if (syncedAt.plus(STALE).isBefore(situation.observedAt())) {
            rows.add(stale(situation, syncedAt));
        }
        if (repositories.periodicSync() && !situation.applying().isEmpty()) {
            rows.add(periodic(situation));
        }
        return rows;
    }

    /** Whether nothing is on offer before the pool has synchronised. */
    static boolean isNeeded(Situation situation) {
        PoolRepositories repositories = situation.pool().repositories();
        boolean isEmptied = repositories
                .source()
                .map(UpdateRepository::hash)
                .filter(String::isEmpty)
                .isPresent();
        return situation.isFromRepository()
                && !repositories.enabled().isEmpty()
                && (repositories.syncedAt() == null || isEmptied);
    }

    /** The server asks every host what it lacks, and fails as a whole where one does not answer (xapi.md §13, trap 11). */
    private static Finding start(String code, Severity severity, Situation situation) {
        return Finding.of(code, severity, situation)
                .with("unreachable", unreachable(situation))
                .curedBy(Fixes.SYNC_UPDATES);
    }

    private static List<String> unreachable(Situation situation) {
        return situation.pool().hosts().stream()
                .filter(host -> !HostsLive.answers(situation, host))
                .map(HostSnapshot::name)
                .toList();
    }

    private static String obstacle(Situation situation) {
        List<String> away = unreachable(situation);
        return away.isEmpty()
                ? ""
                : " The pool can't synchronise while a host does not answer: bring back or remove "
                        + String.join(", ", away) + " first.";
    }

    private static PrecheckRow neverSynchronised(Situation situation) {
        return start("NEVER_SYNCHRONISED", Severity.BLOCKING, situation)
                .says(
                        "Pool " + situation.poolName() + " has not fetched the updates of its repository yet",
                        "It is not known what its hosts lack. Synchronise it and assess again." + obstacle(situation));
    }

    private static PrecheckRow stale(Situation situation, Instant syncedAt) {
        return start("SYNC_STALE", Severity.WARNING, situation)
                .with("syncedAt", syncedAt)
                .says(
                        "Pool " + situation.poolName() + " was synchronised last at " + syncedAt,
                        "Newer updates of its repository are not installed. Synchronise it first to have them."
                                + obstacle(situation));
    }

    private static PrecheckRow periodic(Situation situation) {
        return Finding.of("PERIODIC_SYNC_ON", Severity.INFO, situation)
                .curedBy(Fixes.PAUSE_UPDATE_SYNC)
                .says(
                        "Pool " + situation.poolName() + " synchronises by itself",
                        "Should it do so between two hosts, the repository offers something else than what the first host "
                                + "received; onUpdatesChanged says what happens then.");
    }
}
