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

    PoolUpdate asking(@Nullable Questions open) {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                cancelRequested,
                open,
                prechecks,
                homes,
                failure,
                hosts);
    }

    PoolUpdate judged(List<PrecheckRow> rows) {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                cancelRequested,
                null,
                rows,
                homes,
                failure,
                hosts);
    }

    PoolUpdate running(List<VmHome> found, List<HostUpdate> work) {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                PoolUpdateState.RUNNING,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                cancelRequested,
                null,
                prechecks,
                found,
                failure,
                work);
    }

    PoolUpdate in(PoolUpdateState next) {
        if (state != next && !state.canMoveTo(next)) {
            throw new IllegalStateException("Pool update " + id + " can't go from " + state + " to " + next);
        }
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                next,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                cancelRequested,
                questions,
                prechecks,
                homes,
                failure,
                hosts);
    }

    PoolUpdate ended(PoolUpdateState end, @Nullable Failure why, Instant now) {
        PoolUpdate moved = in(end);
        return moved.finishedAt(now, why);
    }

    private PoolUpdate finishedAt(Instant now, @Nullable Failure why) {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                now,
                cancelRequested,
                null,
                prechecks,
                homes,
                why,
                hosts);
    }

    PoolUpdate with(HostUpdate changed) {
        List<HostUpdate> all = hosts.stream()
                .map(host -> host.host().equals(changed.host()) ? changed : host)
                .toList();
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                cancelRequested,
                questions,
                prechecks,
                homes,
                failure,
                all);
    }

    PoolUpdate withHomes(List<VmHome> known) {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                cancelRequested,
                questions,
                prechecks,
                known,
                failure,
                hosts);
    }

    HostUpdate hostUpdate(HostUuid uuid) {
        return hosts.stream()
                .filter(host -> host.host().equals(uuid))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Pool update " + id + " has no host " + uuid));
    }

    PoolUpdate begun(Instant now) {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                now,
                finishedAt,
                cancelRequested,
                questions,
                prechecks,
                homes,
                failure,
                hosts);
    }

    /** As its own row keeps it: hosts have rows of their own, and the wish to cancel a column. */
    PoolUpdate withoutHosts() {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                false,
                questions,
                prechecks,
                homes,
                failure,
                List.of());
    }

    PoolUpdate loaded(boolean cancel, List<HostUpdate> found) {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                update,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                cancel,
                questions,
                prechecks,
                homes,
                failure,
                found);
    }
}
