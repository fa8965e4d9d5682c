package io.xenpatch.job;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.xen.PoolSnapshot;

/** How a pool gets its updates, for tests of what is the same on every channel. */
enum TestChannel {
    IMAGE {
        @Override
        PoolScenario offering(UpdateSet set, PoolScenario pool) {
            return pool.update(set.name());
        }

        @Override
        UpdateChoice choice(PoolSnapshot pool) {
            return pool.updates().stream()
                    .filter(update -> update.name().equals(RandomSituation.UPDATE))
                    .findFirst()
                    .map(update -> new UpdateChoice.Image(update.uuid()))
                    .orElseGet(
                            () -> new UpdateChoice.Image(pool.updates().get(0).uuid()));
        }
    },
    REPOSITORY {
        @Override
        PoolScenario offering(UpdateSet set, PoolScenario pool) {
            return pool.xenServer8().repository(set);
        }
    },
    PACKAGES {
        @Override
        PoolScenario offering(UpdateSet set, PoolScenario pool) {
            return pool.xcpNg().packages(set);
        }
    };

    /** Makes the pool one of this channel that has the updates of a set. */
    abstract PoolScenario offering(UpdateSet set, PoolScenario pool);

    /** What a job chooses to install it all. */
    UpdateChoice choice(PoolSnapshot pool) {
        return new UpdateChoice.Latest();
    }

    UpdateChoice choice(VirtualRun run) {
        return choice(run.seen());
    }
}
