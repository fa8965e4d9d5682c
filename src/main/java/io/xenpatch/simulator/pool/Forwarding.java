package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Carries a call to the host that does the work, or finds out that this host can't be reached. */
final class Forwarding {
    private final World world;
    private final Guards guards;

    Forwarding(World world) {
        this.world = world;
        this.guards = new Guards(world);
    }

    /** An operation for the host that one parameter names. */
    Operation to(int parameter, OnHost work) {
        return call -> {
            world.db().get("host", call.text(parameter));
            run(call, world.machines().get(call.text(parameter)), work);
        };
    }

    /** Runs on a machine, if it can be reached. */
    void run(Invocation call, Machine machine, OnHost work) {
        if (machine.isUp()) {
            call.runsOn(machine);
            work.run(call, machine);
        } else if (!machine.isLive()) {
            throw ApiFailure.of("HOST_OFFLINE", machine.ref());
        } else {
            call.runsOn(world.machines().coordinator());
            call.cancellable(() -> {});
            world.agenda()
                    .in(
                            world.length(Stage.FORWARD_TIMEOUT),
                            () -> call.fail(ApiFailure.of("CANNOT_CONTACT_HOST", machine.ref())));
        }
    }

    /** Runs work when the host allows the operation beside the others; the server itself tries again for up to two hours. */
    void whenFree(Invocation call, Machine machine, String operation, Runnable work) {
        whenIdle(call, machine.host(), () -> guards.waits(machine, operation), work);
    }

    /**
     * The same for an operation of the pool: what it waits for is waited for, and refuses at once what it refuses.
     *
     * @param work runs while the operation is allowed
     */
    void whenPoolFree(Invocation call, String operation, Runnable work) {
        whenIdle(call, world.pool(), () -> guards.poolWaits(operation), () -> {
            guards.pool(operation);
            work.run();
        });
    }

    private void whenIdle(Invocation call, Row row, BooleanSupplier busy, Runnable work) {
        retry(call, row, busy, world.now().plus(world.length(Stage.RETRY_LIMIT)), work);
    }

    private void retry(Invocation call, Row row, BooleanSupplier busy, Instant limit, Runnable work) {
        if (call.isOver()) {
            return;
        }
        if (!busy.getAsBoolean()) {
            call.attempt(work);
        } else if (world.now().isBefore(limit)) {
            Duration pause = world.length(Stage.RETRY);
            world.agenda().in(pause, () -> retry(call, row, busy, limit, work));
        } else {
            call.fail(ApiFailure.of(OperationRules.OTHER, row.type().name(), row.ref()));
        }
    }

    /** Work that a host does. */
    @FunctionalInterface
    interface OnHost {
        void run(Invocation call, Machine machine);
    }
}
