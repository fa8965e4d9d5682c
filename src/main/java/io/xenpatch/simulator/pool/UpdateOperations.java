package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.UpdateScenario;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code pool_update} on one host: precheck and apply. The live patch is loaded whatever the pool's switch says. */
final class UpdateOperations {
    private static final String COMPLETE = "ok_livepatch_complete";

    private final World world;
    private final Forwarding forwarding;
    private final Set<String> applying = new HashSet<>();

    UpdateOperations(World world, Forwarding forwarding) {
        this.world = world;
        this.forwarding = forwarding;
    }

    void register(MethodTable table) {
        extension(table, "pool_update.precheck", this::precheck);
        extension(table, "pool_update.apply", this::apply);
        table.slow("pool_update.resync_host", forwarding.to(0, (call, machine) -> call.succeed("")));
    }

    /** What the host runs is a script beside the toolstack; without it the method is unknown there. */
    private void extension(MethodTable table, String method, Forwarding.OnHost work) {
        table.slow(method, forwarding.to(1, (call, machine) -> {
            if (world.spec().lacksExtension(method)) {
                throw ApiFailure.of("MESSAGE_METHOD_UNKNOWN", method);
            }
            work.run(call, machine);
        }));
    }

    private void precheck(Invocation call, Machine machine) {
        var update = call.row(0, "pool_update");
        var startedAt = world.now();
        world.agenda().in(world.length(Stage.PRECHECK), machine, () -> {
            try {
                var answer = judge(update, machine);
                world.noteSince(startedAt, machine, JournalAction.PRECHECK, update.uuid(), answer);
                call.succeed(answer);
            } catch (ApiFailure failure) {
                world.noteSince(startedAt, machine, JournalAction.PRECHECK, update.uuid(), failure.code());
                call.fail(failure);
            }
        });
    }

    private String judge(Row update, Machine machine) {
        world.strike(FaultKind.PRECHECK_FAILS, machine, "pool_update.precheck").ifPresent(fault -> {
            var code = Objects.requireNonNullElse(fault.code(), "UPDATE_PRECHECK_FAILED_UNKNOWN_ERROR");
            throw new ApiFailure(
                    code, fault.params().isEmpty() ? List.of(update.text("name_label"), "simulated") : fault.params());
        });
        if (world.db().find("VDI", update.text("vdi")) == null) {
            throw ApiFailure.of("CANNOT_FIND_UPDATE");
        }
        var wanted = UpdateBehaviour.of(world, update);
        var failure =
                wanted.map(known -> known.precheckFailureOn(machine.index())).orElse(List.of());
        if (!failure.isEmpty()) {
            throw new ApiFailure(
                    failure.get(0),
                    failure.stream()
                            .skip(1)
                            .map(param -> param.replace("$update", update.ref()))
                            .toList());
        }
        var lacking = wanted.map(UpdateScenario::requires).orElse(List.of()).stream()
                .filter(name -> !has(machine, name))
                .toList();
        if (!lacking.isEmpty()) {
            throw ApiFailure.of(
                    "UPDATE_PRECHECK_FAILED_PREREQUISITE_MISSING",
                    update.text("name_label"),
                    String.join(" ", lacking));
        }
        return wanted.map(known -> known.precheckOn(machine.index())).orElse("ok");
    }

    private boolean has(Machine machine, String name) {
        return machine.host().list("updates").stream()
                .map(ref -> world.db().find("pool_update", ref))
                .anyMatch(update -> update != null && update.text("name_label").equals(name));
    }

    private void apply(Invocation call, Machine machine) {
        var update = call.row(0, "pool_update");
        if (machine.host().list("updates").contains(update.ref())) {
            throw ApiFailure.of("UPDATE_ALREADY_APPLIED", update.ref());
        }
        var key = machine.ref() + machine.incarnation();
        if (!applying.add(key)) {
            throw ApiFailure.of("OTHER_OPERATION_IN_PROGRESS", "Applying the update", update.ref());
        }
        var startedAt = world.now();
        world.agenda().in(world.length(Stage.APPLY), machine, () -> {
            applying.remove(key);
            finish(call, machine, update, startedAt);
        });
    }

    private void finish(Invocation call, Machine machine, Row update, Instant startedAt) {
        try {
            install(machine, update);
            world.noteSince(startedAt, machine, JournalAction.APPLY, update.uuid(), "ok");
            livePatch(machine, update, judgeQuietly(update, machine));
            call.succeed("");
        } catch (ApiFailure failure) {
            world.noteSince(startedAt, machine, JournalAction.APPLY, update.uuid(), failure.code());
            call.fail(failure);
        }
    }

    private void install(Machine machine, Row update) {
        judge(update, machine);
        world.strike(FaultKind.APPLY_FAILS, machine, "pool_update.apply").ifPresent(fault -> {
            var code = Objects.requireNonNullElse(fault.code(), "UPDATE_APPLY_FAILED");
            throw new ApiFailure(code, fault.params().isEmpty() ? List.of("simulated output") : fault.params());
        });
        UpdateFactory.apply(world.db(), update, machine.host(), world.now());
    }

    private String judgeQuietly(Row update, Machine machine) {
        return UpdateBehaviour.of(world, update)
                .map(known -> known.precheckOn(machine.index()))
                .orElse("ok");
    }

    private void livePatch(Machine machine, Row update, String answer) {
        if (!update.list("after_apply_guidance").contains("restartHost")) {
            return;
        }
        var broken = UpdateBehaviour.of(world, update)
                .map((UpdateScenario known) -> known.failsToLivePatch(machine.index()))
                .orElse(false);
        var complete = COMPLETE.equals(answer);
        if (complete
                && !broken
                && world.strike(FaultKind.LIVE_PATCH_FAILS, machine, "pool_update.apply")
                        .isEmpty()) {
            new SoftwareVersion(world).livePatched(machine, update);
            world.note(machine, JournalAction.LIVE_PATCHED, update.uuid(), "");
            return;
        }
        if (complete) {
            world.note(machine, JournalAction.LIVE_PATCH_FAILED, update.uuid(), "");
        }
        world.db().add(machine.host(), "updates_requiring_reboot", update.ref());
    }
}
