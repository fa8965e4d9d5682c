package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import io.xenpatch.simulator.repository.RepositoryUrl;
import java.util.ArrayList;
import java.util.List;

/** Repositories of updates: which there are and what a pool uses. */
final class RepositoryOperations {
    private static final long DAYS_OF_A_WEEK = 7;

    private final World world;
    private final Guards guards;

    RepositoryOperations(World world) {
        this.world = world;
        this.guards = new Guards(world);
    }

    void register(MethodTable table) {
        table.answer("Repository.introduce", this::introduce);
        table.does("Repository.forget", this::forget);
        table.does("pool.set_repositories", call -> {
            use(call, List.copyOf(call.list(1)));
            if (call.list(1).isEmpty()) {
                db().all("host").forEach(host -> db().set(host, "latest_synced_updates_applied", "unknown"));
            }
        });
        table.does("pool.add_repository", call -> {
            var more = new ArrayList<>(pool(call).list(Repositories.USED));
            more.add(call.row(1, Repositories.CLASS).ref());
            use(call, more.stream().distinct().toList());
        });
        table.does("pool.remove_repository", call -> {
            var fewer = new ArrayList<>(pool(call).list(Repositories.USED));
            fewer.remove(call.row(1, Repositories.CLASS).ref());
            use(call, fewer);
        });
        table.does("pool.configure_update_sync", this::configureSync);
        table.does("pool.set_update_sync_enabled", this::enableSync);
    }

    /** What comes or goes has to be synchronised again. @throws ApiFailure when the pool is busy */
    private void use(Invocation call, List<String> wanted) {
        guards.pool("configure_repositories");
        wanted.forEach(ref -> db().get(Repositories.CLASS, ref));
        var pool = pool(call);
        var before = pool.list(Repositories.USED);
        var come = wanted.stream().filter(ref -> !before.contains(ref)).toList();
        come.forEach(ref -> db().set(db().get(Repositories.CLASS, ref), "hash", ""));
        if (!come.isEmpty() || !wanted.containsAll(before)) {
            world.updates().dropMirror();
        }
        if (!come.isEmpty() || wanted.isEmpty()) {
            db().set(pool, "last_update_sync", XapiTime.NEVER);
        }
        db().set(pool, Repositories.USED, wanted);
    }

    private void forget(Invocation call) {
        var repository = call.row(0, Repositories.CLASS);
        if (world.pool().list(Repositories.USED).contains(repository.ref())) {
            throw ApiFailure.of("REPOSITORY_IS_IN_USE");
        }
        db().destroy(repository);
    }

    private Database db() {
        return world.db();
    }

    private static Row pool(Invocation call) {
        return call.row(0, "pool");
    }

    private String introduce(Invocation call) {
        RepositoryUrl.check(call.text(2), List.of());
        if (!call.text(3).isEmpty()) {
            RepositoryUrl.check(call.text(3), List.of());
        }
        db().all(Repositories.CLASS).stream()
                .filter(known -> known.text("name_label").equals(call.text(0))
                        || known.text("binary_url").equals(call.text(2)))
                .findFirst()
                .ifPresent(known -> {
                    throw ApiFailure.of("REPOSITORY_ALREADY_EXISTS", known.ref());
                });
        var repository = db().create(Repositories.CLASS);
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
        if (call.flag(1) && pool(call).list(Repositories.USED).isEmpty()) {
            throw ApiFailure.of("NO_REPOSITORIES_CONFIGURED");
        }
        db().set(pool(call), "update_sync_enabled", call.flag(1));
    }
}
