package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.UpdateScenario;
import io.xenpatch.simulator.model.Row;
import java.util.Optional;

/** Finds what the scenario says about an update; updates introduced by clients have no such description. */
final class UpdateBehaviour {
    private UpdateBehaviour() {}

    static Optional<UpdateScenario> of(World world, Row update) {
        return world.spec().updates().stream()
                .filter(wanted -> wanted.name().equals(update.text("name_label")))
                .findFirst();
    }
}
