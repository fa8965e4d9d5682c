package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.HostUuid;
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

    /** How long a lease lasts unless it is given back: longer than the longest slice (ARCHITECTURE "Lease per slice"). */
    Duration LEASE = Duration.ofSeconds(10);

    /**
     * Writes a job and begins those of its pools whose time it is and that its rollout lets begin at once (WAITING → PRECHECKING).
     *
     * @throws PoolOccupied when the job does not wait, it is a pool's time to begin and another job holds that pool; nothing is written
     */
    void create(NewJob job, List<NewEvent> events);

    Optional<PoolUpdate> poolUpdate(PoolUpdateId id);

    /** Whether a newer program began or wrote it, so that this one must leave it alone (ADR 0014). */
    boolean needsNewerProgram(PoolUpdateId id);

    /** All pools of a job, by position; empty when there is no such job. */
    List<PoolUpdate> poolUpdatesOf(JobId job);

    /** Every pool update that is not terminal, in all jobs, the oldest first: what a starting service goes on with. */
    List<PoolUpdateId> unfinished();

    /** The pool update that occupies a pool ({@link PoolUpdateState#occupiesPool}); at most one in a world (P5.2). */
    Optional<PoolUpdateId> holderOf(String world, PoolUuid pool);

    /**
     * Lets a WAITING pool begin when its time, its job's rollout and the pool allow it; looks at its siblings under a lock on the job.
     * Skips it when the rollout has stopped (R30), rejects it when the pool is held until its latest start, cancels it when that was
     * asked for ({@link Beginning}).
     *
     * @return the state it has now; WAITING = look again later
     * @throws java.util.NoSuchElementException when there is no such pool update
     */
    PoolUpdateState tryBegin(PoolUpdateId id, Instant now);

    /**
     * Takes the pool for one slice, raising its epoch, unless another owner's lease is still valid.
     *
     * @param owner this instance; it may take again what it holds
     */
    Optional<Lease> claim(String world, PoolUuid pool, String owner);

    /**
     * Gives the lease back, so that anybody may take it at once; nothing happens when it is lost already. The epoch stays: only
     * the next claim raises it.
     */
    void release(Lease lease);

    /**
     * Writes what a slice changed, with its events. Only the epoch is asked, not the time: under a lease that expired or was given
     * back it still writes as long as nobody has claimed the pool since, because then nobody can have done anything that this
     * contradicts.
     *
     * @param before as it was loaded or last saved in this slice
     * @param after hosts and steps that it no longer has are removed; its {@code wishes} and its {@code window} are not written
     * @throws LeaseLost when the epoch is no longer the lease's; nothing is written
     * @throws IllegalStateException when a slice may not make this of that ({@link PoolUpdate#requireFollows}); nothing is written
     */
    void save(Lease lease, PoolUpdate before, PoolUpdate after, List<NewEvent> events);

    /**
     * Asks every unfinished pool of a job to end at its next safe point (R29). The owner sees it when it loads the pool again.
     *
     * @param events written when at least one pool was asked
     * @return the pools that had not been asked before, by position
     */
    List<PoolUpdateId> requestCancel(JobId job, List<NewEvent> events);

    /**
     * Asks every unfinished pool of a job to begin no further host, or to go on.
     *
     * @param events written when at least one pool was asked
     * @return the pools for which that is new, by position
     */
    List<PoolUpdateId> requestPause(JobId job, boolean pause, List<NewEvent> events);

    /**
     * Asks a pool update to leave a host out.
     *
     * @param events written when that is new
     * @return whether it is new; false also where the pool update has ended or is not kept
     */
    boolean requestSkip(PoolUpdateId pool, HostUuid host, List<NewEvent> events);
}
