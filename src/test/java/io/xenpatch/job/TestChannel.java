package io.xenpatch.job;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.UpdateSet;

/** How a pool gets its updates, for tests of what is the same on every channel. */
enum TestChannel {
    IMAGE {
        @Override
        PoolScenario offering(UpdateSet set, PoolScenario pool) {
            return pool.update(set.name());
        }

        @Override
        UpdateChoice choice(VirtualRun run) {
            return new UpdateChoice.Image(run.seen().updates().get(0).uuid());
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
    UpdateChoice choice(VirtualRun run) {
        return new UpdateChoice.Latest();
    }
}
