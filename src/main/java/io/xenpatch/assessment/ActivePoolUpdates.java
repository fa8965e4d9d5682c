package io.xenpatch.assessment;

import io.xenpatch.precheck.ActivePoolUpdate;
import io.xenpatch.xen.PoolUuid;
import java.util.Optional;

/** Which job holds a pool now. The room of jobs answers; where it does not, no job does. */
public interface ActivePoolUpdates {

    /** The job that occupies the pool, from its prechecks to its end, also while it is paused. */
    Optional<ActivePoolUpdate> of(PoolUuid pool);
}
