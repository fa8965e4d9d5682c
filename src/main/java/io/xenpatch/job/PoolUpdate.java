package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One job on one pool with all that is kept of it: the unit that is executed and owned.
 *
 * @param world {@code real}, or {@code rehearsal:<id>}
 * @param position from 0, in the order of the job's targets
 * @param targets the chosen hosts; empty = all
 * @param latestStart when a pool that is still busy is given up (P5.2)
 * @param cancelRequested set from outside at any time, never unset; not written by {@link JobStore#save}
 * @param questions what the pool is being asked before it is judged; null before and after
 * @param prechecks the rows of the judgement; empty before
 * @param homes empty before the first step
 * @param hosts in the order of the work; empty before the plan is made
 */
record PoolUpdate(
        PoolUpdateId id,
        JobId job,
        String world,
        PoolUuid pool,
        String poolName,
        int position,
        PoolUpdateState state,
        UpdateUuid update,
        Set<HostUuid> targets,
        UpdatePolicy policy,
        Instant createdAt,
        Instant latestStart,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        boolean cancelRequested,
        @Nullable Questions questions,
        List<PrecheckRow> prechecks,
        List<VmHome> homes,
        @Nullable Failure failure,
        List<HostUpdate> hosts) {

    static final String REAL = "real";

    PoolUpdate {
        targets = Set.copyOf(targets);
        prechecks = List.copyOf(prechecks);
        homes = List.copyOf(homes);
        hosts = List.copyOf(hosts);
    }
}
