package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.RepositoryOrigin;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import io.xenpatch.simulator.repository.RepositoryUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Repositories of updates: which there are and what a pool uses. */
final class RepositoryOperations {
    private static final long DAYS_OF_A_WEEK = 7;
    private static final String NOWHERE = "";

    /** A name without a dot and without a folder; empty = the server's own key. */
    private static final Pattern KEY_FILE = Pattern.compile("[^./]*");

    private final World world;
    private final Guards guards;
    private final PeriodicSync periodic;

    RepositoryOperations(World world, PeriodicSync periodic) {
        this.world = world;
        this.periodic = periodic;
        this.guards = new Guards(world);
    }

    void register(MethodTable table) {
        table.answer("Repository.introduce", this::introduce);
        table.answer("Repository.introduce_bundle", this::introduceBundle);
        table.answer("Repository.introduce_remote_pool", this::introduceRemotePool);
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
        Repositories.assertMayBeUsedTogether(
                wanted.stream().map(ref -> db().get(Repositories.CLASS, ref)).toList());
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
        if (!KEY_FILE.matcher(call.text(5)).matches()) {
            throw ApiFailure.of("INVALID_GPGKEY_PATH", call.text(5));
        }
        assertNew(call.text(0), call.text(2));
        var repository = create(call, RepositoryOrigin.REMOTE, call.text(2));
        db().set(repository, "source_url", call.text(3));
        db().set(repository, "update", call.flag(4));
        db().set(repository, "gpgkey_path", call.text(5));
        return repository.ref();
    }

    private String introduceBundle(Invocation call) {
        assertNew(call.text(0), NOWHERE);
        db().all(Repositories.CLASS).stream()
                .filter(known -> Repositories.isFrom(known, RepositoryOrigin.BUNDLE))
                .findFirst()
                .ifPresent(known -> {
                    throw ApiFailure.of("BUNDLE_REPOSITORY_ALREADY_EXISTS", known.ref());
                });
        return create(call, RepositoryOrigin.BUNDLE, NOWHERE).ref();
    }

    private String introduceRemotePool(Invocation call) {
        RepositoryUrl.checkRemotePool(call.text(2));
        assertNew(call.text(0), call.text(2));
        var repository = create(call, RepositoryOrigin.REMOTE_POOL, call.text(2));
        db().set(repository, "certificate", call.text(3));
        return repository.ref();
    }

    private void assertNew(String name, String url) {
        db().all(Repositories.CLASS).stream()
                .filter(known -> known.text("name_label").equals(name)
                        || !url.isEmpty() && known.text("binary_url").equals(url))
                .findFirst()
                .ifPresent(known -> {
                    throw ApiFailure.of("REPOSITORY_ALREADY_EXISTS", known.ref());
                });
    }

    private Row create(Invocation call, RepositoryOrigin origin, String url) {
        var repository = db().create(Repositories.CLASS);
        db().set(repository, "name_label", call.text(0));
        db().set(repository, "name_description", call.text(1));
        db().set(repository, "binary_url", url);
        db().set(repository, "update", true);
        if (repository.has("origin")) {
            db().set(repository, "origin", origin.text());
        }
        return repository;
    }

    private void configureSync(Invocation call) {
        var day = call.number(2);
        var isWeekly = PeriodicSync.WEEKLY.equals(call.text(1));
        if (isWeekly && (day < 0 || day >= DAYS_OF_A_WEEK)) {
            throw ApiFailure.of("INVALID_UPDATE_SYNC_DAY", String.valueOf(day));
        }
        db().set(pool(call), PeriodicSync.FREQUENCY, call.text(1));
        db().set(pool(call), PeriodicSync.DAY, isWeekly ? day : 0);
        periodic.arm();
    }

    private void enableSync(Invocation call) {
        if (call.flag(1)) {
            assertSynchronisedByItself(new Repositories(world).enabled());
        }
        db().set(pool(call), PeriodicSync.ENABLED, call.flag(1));
        periodic.arm();
    }

    private static void assertSynchronisedByItself(List<Row> used) {
        if (used.isEmpty()) {
            throw ApiFailure.of("NO_REPOSITORIES_CONFIGURED");
        }
        if (!used.stream().allMatch(each -> Repositories.isFrom(each, RepositoryOrigin.REMOTE))) {
            throw ApiFailure.of("CAN_NOT_PERIODIC_SYNC_UPDATES");
        }
    }
}
