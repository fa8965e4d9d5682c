package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.RepositoryOrigin;
import io.xenpatch.simulator.RepositoryScenario;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.util.List;
import java.util.Optional;

/** Which repositories the pool uses, and what the scenario says about them. */
final class Repositories {
    static final String CLASS = "Repository";
    static final String USED = "repositories";

    /** The restriction of a licence that does not cover updates. */
    static final String RESTRICTED = "restrict_updates";

    private final World world;

    Repositories(World world) {
        this.world = world;
    }

    /** @throws ApiFailure LICENCE_RESTRICTION when the licence of the pool has no updates */
    void assertLicensed() {
        if ("true".equals(world.pool().map("restrictions").get(RESTRICTED))) {
            throw ApiFailure.of("LICENCE_RESTRICTION", "Updates");
        }
    }

    /** Those that the pool uses. */
    List<Row> enabled() {
        return world.pool().list(USED).stream()
                .map(ref -> world.db().get(CLASS, ref))
                .toList();
    }

    /** @throws ApiFailure NO_REPOSITORY_ENABLED */
    void assertAnyEnabled() {
        if (enabled().isEmpty()) {
            throw ApiFailure.of("NO_REPOSITORY_ENABLED");
        }
    }

    /** The only one that carries updates. @throws ApiFailure NO_REPOSITORY_ENABLED, MULTIPLE_UPDATE_REPOSITORIES_ENABLED */
    Row theOne() {
        var carrying = enabled().stream()
                .filter(repository -> repository.flag("update"))
                .toList();
        if (carrying.isEmpty()) {
            throw ApiFailure.of("NO_REPOSITORY_ENABLED");
        }
        if (carrying.size() > 1) {
            throw ApiFailure.of("MULTIPLE_UPDATE_REPOSITORIES_ENABLED");
        }
        return carrying.get(0);
    }

    /** What the scenario says of a repository; it knows it by its URL, of which the bundle has none. */
    Optional<RepositoryScenario> described(Row repository) {
        return world.spec().repositories().stream()
                .filter(known -> known.url().equals(repository.text("binary_url")))
                .findFirst();
    }

    /** Whether its updates come from there; before there were others, all were {@link RepositoryOrigin#REMOTE}. */
    static boolean isFrom(Row repository, RepositoryOrigin origin) {
        return repository.has("origin")
                ? origin.text().equals(repository.text("origin"))
                : origin == RepositoryOrigin.REMOTE;
    }

    /**
     * A bundle, or what another pool uses, has no others beside it.
     *
     * @throws ApiFailure REPO_SHOULD_BE_SINGLE_ONE_ENABLED
     */
    static void assertMayBeUsedTogether(List<Row> wanted) {
        if (wanted.size() > 1 && !wanted.stream().allMatch(each -> isFrom(each, RepositoryOrigin.REMOTE))) {
            throw ApiFailure.of("REPO_SHOULD_BE_SINGLE_ONE_ENABLED");
        }
    }
}
