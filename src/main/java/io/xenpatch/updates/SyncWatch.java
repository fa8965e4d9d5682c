package io.xenpatch.updates;

import io.xenpatch.audit.AuditLog;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.pool.Pools;
import io.xenpatch.updates.SyncStore.Running;
import io.xenpatch.updates.Synchronisation.State;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Carries synchronisations out, look by look. The call may be repeated: a pool that has fetched everything already fetches nothing
 * anew, so one whose answer or task was lost is simply asked again.
 */
@Component
class SyncWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SyncWatch.class);
    private static final Duration PACE = Duration.ofSeconds(1);

    private final SyncStore store;
    private final Pools pools;
    private final UploadSettings settings;
    private final EventLog events;
    private final AuditLog audit;
    private final InstantSource time;
    private final TransactionOperations transactions;

    SyncWatch(
            SyncStore store,
            Pools pools,
            UploadSettings settings,
            EventLog events,
            AuditLog audit,
            InstantSource time,
            TransactionOperations transactions) {
        this.store = store;
        this.pools = pools;
        this.settings = settings;
        this.events = events;
        this.audit = audit;
        this.time = time;
        this.transactions = transactions;
    }

    /** @return when to look again; empty when it has ended */
    Optional<Instant> look(UUID id) {
        return store.running(id).flatMap(this::look);
    }

    private Optional<Instant> look(Running running) {
        var sync = running.sync();
        if (!time.instant().isBefore(sync.startedAt().plus(settings.sync()))) {
            return end(sync, State.FAILED, null, "NO_ANSWER within " + settings.sync());
        }
        try {
            var pool = pools.connection(new PoolUuid(sync.poolUuid()));
            var task = running.task();
            return task == null ? ask(sync, pool) : observe(sync, pool, task);
        } catch (XapiFailure.Refused refused) {
            return passes(refused.code())
                    ? later(settings.syncRetry())
                    : end(sync, State.FAILED, null, words(refused.code(), refused.parameters()));
        } catch (XapiFailure failure) {
            LOG.info("Pool {} can't be synchronised now: {}", sync.poolUuid(), failure.getMessage());
            return later(settings.syncRetry());
        }
    }

    private Optional<Instant> ask(Synchronisation sync, XapiPool pool) {
        store.accepted(sync.id(), pool.repositories().synchronise(false));
        return later(PACE);
    }

    private Optional<Instant> observe(Synchronisation sync, XapiPool pool, XapiTaskRef task) {
        return pool.tasks()
                .observe(task)
                .fold(
                        pending -> later(PACE),
                        succeeded -> succeeded(sync, pool, task, succeeded),
                        failed -> failed(sync, failed),
                        unknown -> {
                            store.accepted(sync.id(), null);
                            return later(PACE);
                        });
    }

    private Optional<Instant> succeeded(
            Synchronisation sync, XapiPool pool, XapiTaskRef task, XapiTask.Succeeded answer) {
        try {
            pool.tasks().destroy(task);
        } catch (XapiFailure e) {
            LOG.debug("A finished task stays until the pool forgets it", e);
        }
        return end(sync, State.SUCCEEDED, answer.text(), null);
    }

    private Optional<Instant> failed(Synchronisation sync, XapiTask.Failed failed) {
        if (passes(failed.code())) {
            store.accepted(sync.id(), null);
            return later(settings.syncRetry());
        }
        return end(sync, State.FAILED, null, words(failed.code(), failed.parameters()));
    }

    /** Somebody else works on the pool just now. */
    private static boolean passes(String code) {
        return code.endsWith("_IN_PROGRESS");
    }

    private static String words(String code, List<String> parameters) {
        var words = new ArrayList<>(List.of(code));
        words.addAll(parameters);
        return String.join(" ", words);
    }

    private Optional<Instant> later(Duration pause) {
        return Optional.of(time.instant().plus(pause));
    }

    private Optional<Instant> end(Synchronisation sync, State state, @Nullable String hash, @Nullable String failure) {
        transactions.executeWithoutResult(transaction -> {
            if (store.end(sync.id(), state, hash, failure, time.instant())) {
                store.forgetFormer(sync);
                var details = Map.<String, Object>of(
                        "syncId",
                        sync.id(),
                        state == State.SUCCEEDED ? "hash" : "failure",
                        String.valueOf(state == State.SUCCEEDED ? hash : failure));
                var what = state == State.SUCCEEDED ? "pool.synchronised" : "pool.synchronisation-failed";
                events.append(new NewEvent(what, time.instant(), sync.poolUuid(), null, null, details));
                audit.append(Caller.system(), what, "pool/" + sync.poolUuid(), details);
            }
        });
        return Optional.empty();
    }
}
