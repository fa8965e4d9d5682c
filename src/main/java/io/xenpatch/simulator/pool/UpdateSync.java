package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.RepositoryOrigin;
import io.xenpatch.simulator.RepositoryScenario;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code pool.sync_updates}: the coordinator mirrors the repository and asks every host what it lacks of it (xapi.md §7.2). */
final class UpdateSync {
    private static final String METHOD = "pool.sync_updates";
    private static final String OPERATION = "sync_updates";
    private static final double MIRRORED = 0.5;

    private final World world;
    private final Forwarding forwarding;
    private final Repositories repositories;
    private final HostLists lists;

    UpdateSync(World world, Forwarding forwarding) {
        this.world = world;
        this.forwarding = forwarding;
        this.repositories = new Repositories(world);
        this.lists = new HostLists(world);
    }

    void register(MethodTable table) {
        table.slow(METHOD, this::request);
    }

    private void request(Invocation call) {
        call.row(0, "pool");
        repositories.assertLicensed();
        forwarding.whenPoolFree(call, OPERATION, () -> start(call));
    }

    /** Synchronises without anybody who asks. @param done told at the end: why it failed, or nothing */
    void byItself(Consumer<Optional<String>> done) {
        var nobody = "";
        var call = new Invocation(world, METHOD, List.of(world.pool().ref(), false), nobody, null);
        var unused = call.reply()
                .thenAccept(answer -> done.accept(answer.fold(
                        value -> Optional.empty(),
                        failure -> Optional.of(failure.code()),
                        words -> Optional.of(words.get(0)))));
        call.attempt(() -> request(call));
    }

    private void start(Invocation call) {
        repositories.assertAnyEnabled();
        var repository = repositories.theOne();
        assertReachable(repository);
        var coordinator = world.machines().coordinator();
        call.runsOn(coordinator);
        call.occupies(world.pool(), OPERATION);
        if (call.flag(1)) {
            world.updates().dropMirror();
        }
        var run = new Run(call, repository, world.now());
        world.agenda().in(world.length(Stage.SYNC), coordinator, () -> call.attempt(run::mirrored));
    }

    /** A bundle is synchronised by whoever uploads it. Another pool is there if the scenario says what it uses. */
    private void assertReachable(Row repository) {
        if (Repositories.isFrom(repository, RepositoryOrigin.BUNDLE)) {
            throw ApiFailure.of("CAN_NOT_SYNC_UPDATES");
        }
        if (Repositories.isFrom(repository, RepositoryOrigin.REMOTE_POOL)
                && repositories.described(repository).isEmpty()) {
            throw ApiFailure.of("UPDATE_SYNCING_REMOTE_POOL_COORDINATOR_CONNECTION_FAILED");
        }
    }

    /** What a synchronisation of the present contents ends with: mirror, hash, dates, and what each host is told to lack. */
    void finish(Row repository) {
        var mirror = Mirror.of(
                repository, repositories.described(repository), world.updates().changes());
        world.updates().mirrored(mirror);
        world.db().set(repository, "hash", mirror.hash());
        world.db().set(world.pool(), "last_update_sync", XapiTime.print(world.now()));
        world.machines().all().forEach(this::tell);
    }

    /** Synchronises what the scenario says was synchronised before the simulation begins. */
    void finishInitially() {
        if (world.spec().repositories().isEmpty()) {
            return;
        }
        repositories.enabled().stream()
                .filter(repository -> repositories
                        .described(repository)
                        .filter(RepositoryScenario::isSynchronised)
                        .isPresent())
                .forEach(this::finish);
    }

    private void tell(Machine machine) {
        var updates = world.updates().ask(machine);
        world.updates().remember(machine, updates);
        world.db().set(machine.host(), "latest_synced_updates_applied", updates.upToDate() ? "yes" : "no");
    }

    /** One synchronisation under way. */
    private final class Run {
        private final Invocation call;
        private final Row repository;
        private final Instant startedAt;

        Run(Invocation call, Row repository, Instant startedAt) {
            this.call = call;
            this.repository = repository;
            this.startedAt = startedAt;
        }

        void mirrored() {
            call.progress(MIRRORED);
            lists.ask(call, world.machines().all(), this::answered);
        }

        private void answered() {
            finish(repository);
            var hash = repository.text("hash");
            world.noteSince(startedAt, null, JournalAction.UPDATES_SYNCED, repository.uuid(), hash);
            call.succeed(hash);
        }
    }
}
