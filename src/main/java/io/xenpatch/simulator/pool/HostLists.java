package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import java.util.List;
import java.util.Optional;

/** Asks hosts what they lack of the mirrored repository. One that can't be reached fails the whole question. */
final class HostLists {
    private final World world;

    HostLists(World world) {
        this.world = world;
    }

    /**
     * Asks hosts, all at the same time. A host that is away fails the call; that takes its time unless the pool knows.
     *
     * @param call for whom; nothing is told when it is over before
     * @param answered runs when every list is there; what it throws fails the call
     * @throws ApiFailure GET_HOST_UPDATES_FAILED at once, when the pool knows that a host is away
     */
    void ask(Invocation call, List<Machine> hosts, Runnable answered) {
        var away = away(hosts);
        away.filter(machine -> !machine.isLive()).ifPresent(HostLists::raise);
        var wait = world.length(away.isPresent() ? Stage.FORWARD_TIMEOUT : Stage.HOST_UPDATES);
        world.agenda()
                .in(
                        wait,
                        world.machines().coordinator(),
                        () -> call.attempt(() -> {
                            away.or(() -> away(hosts)).ifPresent(HostLists::raise);
                            answered.run();
                        }));
    }

    private static void raise(Machine away) {
        throw ApiFailure.of("GET_HOST_UPDATES_FAILED", away.ref());
    }

    private static Optional<Machine> away(List<Machine> hosts) {
        return hosts.stream().filter(machine -> !machine.isUp()).findFirst();
    }
}
