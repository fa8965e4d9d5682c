package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Emptying a host, and asking whether that would work. */
final class EvacuationOperations {
    private final World world;
    private final Migrations migrations;
    private final Forwarding forwarding;

    EvacuationOperations(World world, Migrations migrations, Forwarding forwarding) {
        this.world = world;
        this.migrations = migrations;
        this.forwarding = forwarding;
    }

    void register(MethodTable table) {
        table.slow("host.evacuate", call -> {
            var machine = world.machines().get(call.text(0));
            call.runsOn(world.machines().coordinator());
            forwarding.whenFree(call, machine, "evacuate", () -> evacuate(call, machine));
        });
        table.answer("host.get_vms_which_prevent_evacuation", call -> {
            var answer = new LinkedHashMap<String, Object>();
            plan(call).failures().forEach((vm, failure) -> answer.put(vm.ref(), failure.words()));
            return answer;
        });
        table.does("host.assert_can_evacuate", call -> {
            var failures = plan(call).failures();
            if (!failures.isEmpty()) {
                throw ApiFailure.of(
                        "CANNOT_EVACUATE_HOST",
                        failures.values().stream()
                                .map(failure -> String.join(",", failure.words()))
                                .collect(Collectors.joining("|")));
            }
        });
    }

    private EvacuationPlan plan(Invocation call) {
        return new EvacuationPlan(world.db(), world.machines(), world.machines().get(call.text(0)));
    }

    private void evacuate(Invocation call, Machine machine) {
        var startedAt = world.now();
        var plan = new EvacuationPlan(world.db(), world.machines(), machine);
        plan.firstFailure().ifPresent(failure -> {
            world.noteSince(startedAt, machine, JournalAction.EVACUATE, machine.uuid(), failure.code());
            throw failure;
        });
        call.occupies(machine.host(), "evacuate");
        new Run(call, machine, startedAt, plan.targets()).next();
    }

    /** One evacuation under way: guest after guest, as xapi 1.249 does. */
    private final class Run {
        private final Invocation call;
        private final Machine machine;
        private final Instant startedAt;
        private final Deque<Map.Entry<Row, Machine>> left;
        private final int all;
        private int moved;

        Run(Invocation call, Machine machine, Instant startedAt, Map<Row, Machine> targets) {
            this.call = call;
            this.machine = machine;
            this.startedAt = startedAt;
            this.left = new ArrayDeque<>(targets.entrySet());
            this.all = targets.size();
        }

        void next() {
            if (call.isOver()) {
                return;
            }
            var move = left.poll();
            if (move == null) {
                end();
            } else if (!move.getKey().text("resident_on").equals(machine.ref())) {
                next();
            } else {
                start(move.getKey(), move.getValue());
            }
        }

        private void start(Row vm, Machine target) {
            try {
                migrations.start(vm, target, call, failure -> {
                    if (failure != null) {
                        failed(failure);
                    } else {
                        moved++;
                        call.progress((double) moved / all);
                        next();
                    }
                });
            } catch (ApiFailure failure) {
                if ("VM_BAD_POWER_STATE".equals(failure.code())) {
                    next();
                } else {
                    failed(failure);
                }
            }
        }

        private void failed(ApiFailure failure) {
            world.noteSince(startedAt, machine, JournalAction.EVACUATE, machine.uuid(), failure.code());
            call.fail(failure);
        }

        private void end() {
            List<Row> still = EvacuationPlan.guests(world.db(), machine);
            if (still.isEmpty()) {
                world.noteSince(startedAt, machine, JournalAction.EVACUATE, machine.uuid(), moved + " moved");
                call.succeed("");
            } else {
                failed(ApiFailure.of(
                        "INTERNAL_ERROR",
                        "Host evacuation failed: " + still.size() + " VMs are still resident on " + machine.uuid()));
            }
        }
    }
}
