package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.PoolUuid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The database as the orchestration sees it. Two implementations, PostgreSQL and one in memory for tests, are held to one
 * contract. Every method is one transaction: all of it happens or nothing. Any method may throw although its commit happened.
 */
interface JobStore {

    /** How long a lease lasts: longer than the longest slice. */
    Duration LEASE = Duration.ofSeconds(10);

    /**
     * Writes a job and begins those of its pools that its rollout lets begin at once (WAITING → PRECHECKING).
     *
     * @throws PoolOccupied when any of its pools is held by another job; nothing is written
     */
    void create(NewJob job, List<NewEvent> events);

    Optional<PoolUpdate> poolUpdate(PoolUpdateId id);

    /** All pools of a job, by position; empty when there is no such job. */
    List<PoolUpdate> poolUpdatesOf(JobId job);

    /** Every pool update that is not terminal, in all jobs: what a starting service goes on with. */
    List<PoolUpdateId> unfinished();

    /** The unfinished pool update that occupies a pool. */
    Optional<PoolUpdateId> holderOf(String world, PoolUuid pool);

    /**
     * Lets a WAITING pool begin when its job's rollout and the pool allow it; looks at its siblings under a lock on the job.
     * Skips it when the rollout has stopped (R30), rejects it after its latest start, cancels it when that was asked for.
     *
     * @return the state it has now; WAITING = look again later
     */
    PoolUpdateState tryBegin(PoolUpdateId id, Instant now);

    /**
     * Takes the pool for one slice, raising its epoch, unless another owner's lease is still valid.
     *
     * @param owner this instance; it may take again what it holds
     */
    Optional<Lease> claim(String world, PoolUuid pool, String owner);

    /** Gives the lease back, so that anybody may take it at once; nothing happens when it is lost already. */
    void release(Lease lease);

    /**
     * Writes what a slice changed, with its events.
     *
     * @param before as it was loaded or last saved in this slice
     * @throws LeaseLost when the epoch is no longer the lease's; nothing is written
     */
    void save(Lease lease, PoolUpdate before, PoolUpdate after, List<NewEvent> events);

    /** Asks every unfinished pool of a job to end at its next safe point (R29). @return the pools that were asked */
    List<PoolUpdateId> requestCancel(JobId job, List<NewEvent> events);
}
