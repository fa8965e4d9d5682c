package io.xenpatch.updates;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.xenpatch.audit.AuditLog;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.pool.PoolHolds;
import io.xenpatch.pool.Pools;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.PoolUuid;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets pools fetch what their repositories have. */
@Service
public class Synchronisations {
    private final Pools pools;
    private final List<PoolHolds> holds;
    private final SyncStore store;
    private final EventLog events;
    private final AuditLog audit;
    private final ObjectProvider<Scheduler> scheduler;
    private final InstantSource time;
    private final TransactionTemplate transaction;

    Synchronisations(
            Pools pools,
            List<PoolHolds> holds,
            SyncStore store,
            EventLog events,
            AuditLog audit,
            ObjectProvider<Scheduler> scheduler,
            InstantSource time,
            TransactionTemplate transaction) {
        this.pools = pools;
        this.holds = holds;
        this.store = store;
        this.events = events;
        this.audit = audit;
        this.scheduler = scheduler;
        this.time = time;
        this.transaction = transaction;
    }

    /**
     * Begins one, or names the one that runs on this pool already.
     *
     * @throws ProblemException {@code pool-not-found}; {@code pool-busy} while a job works on the pool, because its hosts must all get
     *     the same state of the repository (R15)
     */
    public Synchronisation start(Caller caller, PoolUuid pool) {
        pools.get(caller, pool);
        var id = UUID.randomUUID();
        transaction.executeWithoutResult(status -> {
            refuseBesideAJob(pool);
            if (store.insert(id, pool, caller, time.instant())) {
                var details = Map.<String, Object>of("syncId", id);
                events.append(new NewEvent(
                        "pool.synchronisation-started", time.instant(), pool.value(), null, null, details));
                audit.append(caller, "pool.synchronisation-started", "pool/" + pool, details);
                scheduler.getObject().schedule(SyncTask.instance(id), time.instant());
            }
        });
        scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
        return last(caller, pool);
    }

    /** The pool's last one. @throws ProblemException {@code pool-not-found}; {@code not-found} when there was none */
    public Synchronisation last(Caller caller, PoolUuid pool) {
        var name = pools.get(caller, pool).name();
        return store.last(pool)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "Pool " + name + " was not synchronised through this service yet.",
                        List.of(),
                        Map.of()));
    }

    private void refuseBesideAJob(PoolUuid pool) {
        holds.stream()
                .flatMap(each -> each.holder(pool).stream())
                .filter(hold -> hold.properties().containsKey("jobId"))
                .findFirst()
                .ifPresent(hold -> {
                    throw new ProblemException(
                            ProblemType.POOL_BUSY,
                            hold.who() + " works on the pool, and its hosts must all get the same updates. "
                                    + hold.cure(),
                            List.of(),
                            hold.properties());
                });
    }
}
