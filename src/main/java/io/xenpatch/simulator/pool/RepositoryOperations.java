package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.List;

/** Repositories of updates: which there are and what a pool uses. */
final class RepositoryOperations {
    private static final String CLASS = "Repository";
    private static final String USED = "repositories";
    private static final long DAYS_OF_A_WEEK = 7;

    private final World world;
    private final Guards guards;

    RepositoryOperations(World world) {
        this.world = world;
        this.guards = new Guards(world);
    }

    void register(MethodTable table) {
        table.answer("Repository.introduce", this::introduce);
        table.does("pool.set_repositories", call -> {
            var wanted = List.copyOf(call.list(1));
            guards.pool("configure_repositories");
            wanted.forEach(ref -> db().get(CLASS, ref));
            db().set(pool(call), USED, wanted);
        });
        table.does("pool.add_repository", call -> {
            guards.pool("configure_repositories");
            db().add(pool(call), USED, call.row(1, CLASS).ref());
        });
        table.does("pool.remove_repository", call -> {
            guards.pool("configure_repositories");
            db().drop(pool(call), USED, call.row(1, CLASS).ref());
        });
        table.does("pool.configure_update_sync", this::configureSync);
        table.does("pool.set_update_sync_enabled", this::enableSync);
        table.slow("pool.sync_updates", this::sync);
        table.slow("host.apply_updates", this::apply);
    }

    private Database db() {
        return world.db();
    }

    private static Row pool(Invocation call) {
        return call.row(0, "pool");
    }

    private String introduce(Invocation call) {
        for (int index : List.of(2, 3)) {
            var url = call.text(index);
            if (!url.matches("https?://.+") && (index == 2 || !url.isEmpty())) {
                throw ApiFailure.of("INVALID_BASE_URL", url);
            }
        }
        db().all(CLASS).stream()
                .filter(known -> known.text("name_label").equals(call.text(0))
                        || known.text("binary_url").equals(call.text(2)))
                .findFirst()
                .ifPresent(known -> {
                    throw ApiFailure.of("REPOSITORY_ALREADY_EXISTS", known.ref());
                });
        var repository = db().create(CLASS);
        db().set(repository, "name_label", call.text(0));
        db().set(repository, "name_description", call.text(1));
        db().set(repository, "binary_url", call.text(2));
        db().set(repository, "source_url", call.text(3));
        db().set(repository, "update", call.flag(4));
        return repository.ref();
    }

    private void configureSync(Invocation call) {
        var day = call.number(2);
        var isWeekly = "weekly".equals(call.text(1));
        if (isWeekly ? day < 0 || day >= DAYS_OF_A_WEEK : day != 0) {
            throw ApiFailure.of("INVALID_UPDATE_SYNC_DAY", String.valueOf(day));
        }
        db().set(pool(call), "update_sync_frequency", call.text(1));
        db().set(pool(call), "update_sync_day", day);
    }

    private void enableSync(Invocation call) {
        if (call.flag(1) && pool(call).list(USED).isEmpty()) {
            throw ApiFailure.of("NO_REPOSITORIES_CONFIGURED");
        }
        db().set(pool(call), "update_sync_enabled", call.flag(1));
    }

    private void sync(Invocation call) {
        guards.pool("sync_updates");
        assertHasRepository(pool(call));
        throw ApiFailure.of("NOT_IMPLEMENTED", call.method());
    }

    private static void assertHasRepository(Row pool) {
        if (pool.list(USED).isEmpty()) {
            throw ApiFailure.of("NO_REPOSITORY_ENABLED");
        }
    }

    /** All members are asked first: one that can't be reached makes everybody wait. */
    private void apply(Invocation call) {
        db().get("host", call.text(0));
        guards.pool("apply_updates");
        call.runsOn(world.machines().coordinator());
        call.occupies(world.pool(), "apply_updates");
        var away = world.machines().all().stream()
                .filter(machine -> !machine.isUp())
                .findFirst();
        if (away.isPresent()) {
            world.agenda()
                    .in(
                            world.length(Stage.FORWARD_TIMEOUT),
                            () -> call.fail(ApiFailure.of(
                                    "CANNOT_CONTACT_HOST", away.get().ref())));
            return;
        }
        assertHasRepository(world.pool());
        throw ApiFailure.of("NOT_IMPLEMENTED", call.method());
    }
}
