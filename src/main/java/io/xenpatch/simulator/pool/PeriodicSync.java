package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.repository.SyncSchedule;
import java.time.Duration;

/** Synchronises the repositories of a pool by itself while {@code pool.update_sync_enabled}; a failure is an alert (xapi.md §7.1). */
final class PeriodicSync {
    static final String ENABLED = "update_sync_enabled";
    static final String FREQUENCY = "update_sync_frequency";
    static final String DAY = "update_sync_day";
    static final String WEEKLY = "weekly";

    private static final int SECONDS_OF_A_DAY = 86_400;
    private static final long ALERT_PRIORITY = 3;

    private final World world;
    private final UpdateSync sync;
    private long armed;

    PeriodicSync(World world, UpdateSync sync) {
        this.world = world;
        this.sync = sync;
    }

    /** Waits for the next day that the pool says, from now on. */
    void arm() {
        armed++;
        if (!world.pool().flag(ENABLED)) {
            return;
        }
        var mine = armed;
        world.agenda().in(delay(), () -> {
            if (mine == armed) {
                due();
            }
        });
    }

    /** XAPI takes any moment of the day; here it is always the same for a pool, so that a run can be repeated. */
    private Duration delay() {
        Row pool = world.pool();
        var schedule = new SyncSchedule(WEEKLY.equals(pool.text(FREQUENCY)), (int) pool.number(DAY));
        var offset = Math.floorMod(pool.uuid().hashCode(), SECONDS_OF_A_DAY);
        return SyncSchedule.delay(world.now(), schedule.nextDay(world.now()).plusSeconds(offset));
    }

    /** A coordinator that is away makes its plans anew when it is back: nobody is told. */
    private void due() {
        if (!world.machines().coordinator().isUp()) {
            arm();
            return;
        }
        sync.byItself(failure -> {
            failure.ifPresent(why -> world.alert("PERIODIC_UPDATE_SYNC_FAILED", ALERT_PRIORITY, why));
            arm();
        });
    }
}
