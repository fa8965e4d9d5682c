package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.RepositoryScenario;
import io.xenpatch.simulator.model.Database;
import java.util.List;

/** Introduces the repositories of a scenario. */
final class RepositoryFactory {
    private final Database db;
    private final String pool;

    /** @param pool name of the pool, from which uuids are made */
    RepositoryFactory(Database db, String pool) {
        this.db = db;
        this.pool = pool;
    }

    void make(List<RepositoryScenario> repositories) {
        for (var described : repositories) {
            var repository = db.create(Repositories.CLASS, Identity.uuid(pool, "repository/" + described.name()));
            db.set(repository, "name_label", described.name());
            db.set(repository, "binary_url", described.url());
            db.set(repository, "source_url", described.url().replace("x86_64", "source"));
            db.set(repository, "update", true);
            if (repository.has("origin")) {
                db.set(repository, "origin", described.origin().text());
            }
            if (!described.isDisabled()) {
                db.add(db.pool(), Repositories.USED, repository.ref());
            }
        }
    }
}
