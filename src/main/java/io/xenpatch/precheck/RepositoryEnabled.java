package io.xenpatch.precheck;

import io.xenpatch.xen.UpdateRepository;
import java.util.List;

/** The server installs from exactly one enabled repository of updates (R1; xapi.md §7.8, step 8). */
final class RepositoryEnabled implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (!situation.isFromRepository()) {
            return List.of();
        }
        List<String> names = situation.pool().repositories().enabled().stream()
                .filter(UpdateRepository::holdsUpdates)
                .map(UpdateRepository::name)
                .toList();
        return switch (names.size()) {
            case 0 -> List.of(none(situation));
            case 1 -> List.of();
            default -> List.of(several(situation, names));
        };
    }

    private static PrecheckRow none(Situation situation) {
        return Finding.of("NO_REPOSITORY_ENABLED", Severity.BLOCKING, situation)
                .says(
                        "Pool " + situation.poolName() + " has no repository of updates enabled",
                        "There is nowhere to install from. Enable an update channel of the pool and synchronise it.");
    }

    private static PrecheckRow several(Situation situation, List<String> names) {
        return Finding.of("MULTIPLE_UPDATE_REPOSITORIES_ENABLED", Severity.BLOCKING, situation)
                .with("repositories", names)
                .says(
                        "Pool " + situation.poolName() + " has several repositories of updates enabled: "
                                + String.join(", ", names),
                        "The server refuses to install until exactly one of them is enabled.");
    }
}
