package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.repository.HostUpdates;
import io.xenpatch.simulator.rpc.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** {@code GET /updates}: what the coordinator remembers of hosts, or what they tell when it does not (xapi.md §7.3). */
final class UpdatesQuery {
    private static final String OPERATION = "get_updates";

    private final World world;
    private final Forwarding forwarding;
    private final Repositories repositories;
    private final HostLists lists;

    UpdatesQuery(World world, Forwarding forwarding) {
        this.world = world;
        this.forwarding = forwarding;
        this.repositories = new Repositories(world);
        this.lists = new HostLists(world);
    }

    /** @param hosts references of those to tell of */
    CompletableFuture<Answer> ask(Machine at, String session, List<String> hosts) {
        var call = new Invocation(world, OPERATION, List.of(), session, null);
        call.attempt(() -> {
            assertServes(at);
            var wanted = hosts.stream().map(world.machines()::get).toList();
            forwarding.whenPoolFree(call, OPERATION, () -> answer(call, wanted));
        });
        return call.reply();
    }

    private void assertServes(Machine at) {
        world.strike(FaultKind.API_ERROR, at, OPERATION).ifPresent((Fault fault) -> {
            throw new ApiFailure(Objects.requireNonNullElse(fault.code(), "INTERNAL_ERROR"), fault.params());
        });
        if (!at.isCoordinator()) {
            throw ApiFailure.of(
                    "HOST_IS_SLAVE", world.machines().coordinator().host().text("address"));
        }
    }

    private void answer(Invocation call, List<Machine> wanted) {
        repositories.assertAnyEnabled();
        var mirror = world.updates().mirror().orElseThrow(() -> ApiFailure.of("INVALID_REPOMD_XML"));
        var all = world.machines().all();
        if (all.stream().allMatch(machine -> world.updates().remembered(machine).isPresent())) {
            call.succeed(document(mirror, wanted));
            return;
        }
        call.runsOn(world.machines().coordinator());
        call.occupies(world.pool(), OPERATION);
        lists.ask(call, all, () -> {
            all.forEach(this::remember);
            call.succeed(document(mirror, wanted));
        });
    }

    private void remember(Machine machine) {
        if (world.updates().remembered(machine).isEmpty()) {
            world.updates().remember(machine, world.updates().ask(machine));
        }
    }

    private Object document(Mirror mirror, List<Machine> wanted) {
        var hosts = new LinkedHashMap<String, HostUpdates>();
        wanted.forEach(machine ->
                hosts.put(machine.ref(), world.updates().remembered(machine).orElse(HostUpdates.NOTHING)));
        return UpdatesDocument.of(mirror, hosts);
    }
}
