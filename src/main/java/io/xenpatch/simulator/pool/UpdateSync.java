package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.RepositoryScenario;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Instant;

/** {@code pool.sync_updates}: the coordinator mirrors the repository and asks every host what it lacks of it (xapi.md §7.2). */
final class UpdateSync {
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
        table.slow("pool.sync_updates", call -> {
            call.row(0, "pool");
            repositories.assertLicensed();
            forwarding.whenPoolFree(call, OPERATION, () -> start(call));
        });
    }

    private void start(Invocation call) {
        repositories.assertAnyEnabled();
        var repository = repositories.theOne();
        var coordinator = world.machines().coordinator();
        call.runsOn(coordinator);
        call.occupies(world.pool(), OPERATION);
        if (call.flag(1)) {
            world.updates().dropMirror();
        }
        var run = new Run(call, repository, world.now());
        world.agenda().in(world.length(Stage.SYNC), coordinator, () -> call.attempt(run::mirrored));
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
