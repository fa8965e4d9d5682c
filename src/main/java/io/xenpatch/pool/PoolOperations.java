package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What can be done to a pool from its page. */
@Service
public class PoolOperations {
    private static final int TRIES = 3;

    private final PoolReading reading;
    private final PoolConnections connections;
    private final Watches watches;
    private final InventoryWriter inventory;
    private final PoolHistory history;
    private final TransactionOperations transactions;

    PoolOperations(
            PoolReading reading,
            PoolConnections connections,
            Watches watches,
            InventoryWriter inventory,
            PoolHistory history,
            TransactionOperations transactions) {
        this.reading = reading;
        this.connections = connections;
        this.watches = watches;
        this.inventory = inventory;
        this.history = history;
        this.transactions = transactions;
    }

    /** Reads everything again now. @throws ProblemException {@code pool-not-found} and those of {@link XapiProblems} */
    public PoolView refresh(Caller caller, PoolUuid pool) {
        var present = reading.pool(caller, pool);
        observe(pool, present.name());
        return reading.pool(caller, pool);
    }

    /** Sets the pool's live-patching switch. @throws ProblemException {@code pool-not-found} and those of {@link XapiProblems} */
    public PoolView setLivePatching(Caller caller, PoolUuid pool, boolean enabled) {
        var present = reading.pool(caller, pool);
        try {
            connections.of(pool).pool().setLivePatchingDisabled(!enabled);
        } catch (XapiFailure failure) {
            if (failure.mayHaveHappened()) {
                noteLivePatching(caller, pool, enabled, "UNKNOWN");
            }
            throw XapiProblems.of(failure, present.name());
        }
        noteLivePatching(caller, pool, enabled, "DONE");
        observe(pool, present.name());
        return reading.pool(caller, pool);
    }

    private void noteLivePatching(Caller caller, PoolUuid pool, boolean enabled, String outcome) {
        transactions.executeWithoutResult(transaction ->
                history.note(caller, "pool.live-patching-set", pool, Map.of("enabled", enabled, "outcome", outcome)));
    }

    private void observe(PoolUuid pool, String name) {
        PoolSnapshot snapshot;
        try {
            snapshot = connections.of(pool).pool().observe();
        } catch (XapiFailure failure) {
            throw XapiProblems.of(failure, name);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                write(pool, snapshot);
                return;
            } catch (StaleEpoch e) {
                // the watch was just taken over: what was read is still right, so write it in the new epoch
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void write(PoolUuid pool, PoolSnapshot snapshot) {
        long epoch = watches.epoch(pool).orElseThrow(() -> PoolConnections.notFound(pool));
        inventory.write(pool, epoch, snapshot, null);
        watches.note(pool, epoch, ConnectionState.CONNECTED, null);
    }
}
