package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import io.xenpatch.simulator.repository.Guidance;
import io.xenpatch.simulator.repository.GuidanceKind;
import io.xenpatch.simulator.repository.HostUpdates;
import io.xenpatch.simulator.repository.RepositoryLivePatch;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** {@code host.apply_updates}: its checks in the server's order, and what it does (xapi.md §7.8). */
final class UpdateApplication {
    static final String METHOD = "host.apply_updates";

    private static final String OPERATION = "apply_updates";
    private static final List<Guidance> NEED_AN_EMPTY_HOST = List.of(Guidance.REBOOT_HOST, Guidance.EVACUATE_HOST);

    private final World world;
    private final Forwarding forwarding;
    private final HostOperations hosts;
    private final UpdateSync sync;
    private final Repositories repositories;
    private final HostLists lists;

    UpdateApplication(World world, Forwarding forwarding, HostOperations hosts, UpdateSync sync) {
        this.world = world;
        this.forwarding = forwarding;
        this.hosts = hosts;
        this.sync = sync;
        this.repositories = new Repositories(world);
        this.lists = new HostLists(world);
    }

    void register(MethodTable table) {
        table.slow(METHOD, call -> {
            world.db().get("host", call.text(0));
            repositories.assertLicensed();
            forwarding.whenPoolFree(
                    call, OPERATION, () -> start(call, world.machines().get(call.text(0))));
        });
    }

    private void start(Invocation call, Machine machine) {
        call.runsOn(world.machines().coordinator());
        call.occupies(world.pool(), OPERATION);
        if (hangsAsRecorded(call)) {
            return;
        }
        if (world.pool().flag("ha_enabled")) {
            throw ApiFailure.of("HA_IS_ENABLED");
        }
        if (machine.isEnabled()) {
            forwarding.run(call, machine, (work, host) -> {
                hosts.disable(host, "automatic");
                whenFree(work, host);
            });
        } else {
            whenFree(call, machine);
        }
    }

    /** A real server was seen to say nothing when it had no repository and could not reach a member. */
    private boolean hangsAsRecorded(Invocation call) {
        var away = world.machines().all().stream()
                .filter(machine -> !machine.isUp())
                .findFirst();
        if (away.isEmpty() || !repositories.enabled().isEmpty()) {
            return false;
        }
        world.agenda()
                .in(
                        world.length(Stage.FORWARD_TIMEOUT),
                        () -> call.fail(
                                ApiFailure.of("CANNOT_CONTACT_HOST", away.get().ref())));
        return true;
    }

    private void whenFree(Invocation call, Machine machine) {
        forwarding.whenFree(call, machine, OPERATION, () -> {
            call.occupies(machine.host(), OPERATION);
            PendingGuidance.assertNoMandatory(machine);
            var repository = repositories.theOne();
            world.strike(FaultKind.UPDATES_CHANGE, machine, METHOD).ifPresent((Fault fault) -> publish(repository));
            assertHash(call.text(1), repository);
            var run = new Run(call, machine, repository, world.now());
            lists.ask(call, List.of(machine), run::listed);
        });
    }

    /** Somebody else synchronises what has just been published. */
    private void publish(Row repository) {
        world.updates().publish();
        sync.finish(repository);
    }

    private static void assertHash(String hash, Row repository) {
        if (hash.isEmpty() || !hash.equals(repository.text("hash"))) {
            throw ApiFailure.of("UPDATEINFO_HASH_MISMATCH");
        }
    }

    /** One application under way. */
    private final class Run {
        private final Invocation call;
        private final Machine machine;
        private final Row repository;
        private final Instant startedAt;
        private final LivePatching livePatching;

        Run(Invocation call, Machine machine, Row repository, Instant startedAt) {
            this.call = call;
            this.machine = machine;
            this.repository = repository;
            this.startedAt = startedAt;
            this.livePatching = new LivePatching(world, machine, repository.uuid());
        }

        void listed() {
            if (world.updates().mirror().isEmpty()) {
                throw ApiFailure.of("GET_HOST_UPDATES_FAILED", machine.ref());
            }
            var updates = world.updates().ask(machine);
            if (updates.upToDate()) {
                end(updates);
                return;
            }
            if (updates.guidance().has(GuidanceKind.MANDATORY, NEED_AN_EMPTY_HOST)
                    && !EvacuationPlan.guests(world.db(), machine).isEmpty()) {
                throw ApiFailure.of("HOST_EVACUATION_IS_REQUIRED", machine.ref());
            }
            call.runsOn(machine);
            world.agenda().in(world.length(Stage.APPLY_UPDATES), machine, () -> installed(updates));
        }

        /** The host installs to the end even when its coordinator, which would go on from there, is lost meanwhile. */
        private void installed(HostUpdates updates) {
            var fault = world.strike(FaultKind.APPLY_FAILS, machine, METHOD);
            if (fault.isPresent()) {
                fail(failure(fault.get()));
                return;
            }
            world.updates().mirror().ifPresent(world.updates().packages(machine)::install);
            loadNext(updates, new ArrayDeque<>(updates.livePatches()));
        }

        private void loadNext(HostUpdates updates, Deque<RepositoryLivePatch> left) {
            if (call.isOver()) {
                return;
            }
            var patch = left.poll();
            if (patch == null) {
                end(updates);
                return;
            }
            world.agenda()
                    .in(
                            world.length(Stage.LIVE_PATCH),
                            machine,
                            () -> call.attempt(() -> {
                                livePatching.load(patch);
                                loadNext(updates, left);
                            }));
        }

        private void end(HostUpdates updates) {
            var known = new ArrayList<>(List.of(updates));
            world.machines()
                    .all()
                    .forEach(each -> world.updates().remembered(each).ifPresent(known::add));
            new NewGuidance(world, machine).add(updates, livePatching, known);
            world.updates().remember(machine, HostUpdates.NOTHING);
            var host = machine.host();
            world.db().set(host, "last_software_update", XapiTime.print(world.now()));
            world.db().set(host, "latest_synced_updates_applied", "yes");
            world.db().set(host, "last_update_hash", call.text(1));
            world.noteSince(startedAt, machine, JournalAction.APPLY, repository.uuid(), "ok");
            call.succeed(livePatching.result());
        }

        private ApiFailure failure(Fault fault) {
            return fault.code() == null
                    ? ApiFailure.of("APPLY_UPDATES_FAILED", machine.ref())
                    : new ApiFailure(fault.code(), fault.params());
        }

        private void fail(ApiFailure failure) {
            world.noteSince(startedAt, machine, JournalAction.APPLY, repository.uuid(), failure.code());
            call.fail(failure);
        }
    }
}
