package io.xenpatch.updates;

import io.xenpatch.caller.Caller;
import io.xenpatch.pool.InventoryReading;
import io.xenpatch.pool.PoolOperations;
import io.xenpatch.pool.Pools;
import io.xenpatch.pool.UpdateView;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Takes update images and brings them into pools. */
@Service
public class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private final Pools pools;
    private final PoolOperations operations;
    private final InventoryReading inventory;
    private final UploadStore store;
    private final UploadLedger ledger;
    private final UploadWork work;

    Uploads(
            Pools pools,
            PoolOperations operations,
            InventoryReading inventory,
            UploadStore store,
            UploadLedger ledger,
            UploadWork work) {
        this.pools = pools;
        this.operations = operations;
        this.inventory = inventory;
        this.store = store;
        this.ledger = ledger;
        this.work = work;
    }

    /**
     * Accepts an upload, or finds the one that the same request began before. Nothing of the body is read.
     *
     * @param key the {@code Idempotency-Key}; null = always a new one
     * @param length announced bytes; negative when they were not
     * @throws ProblemException {@code length-required}, {@code validation-failed} for an empty body, {@code payload-too-large}, {@code
     *     pool-not-found}, {@code idempotency-key-reused}, {@code invalid-state} while the same upload is still running
     */
    public Upload accept(Caller caller, PoolUuid pool, @Nullable String key, long length) {
        work.check(length);
        pools.get(caller, pool);
        var once = ledger.begin(caller, pool, key, length);
        var upload = store.find(UUID.fromString(once.reference()))
                .orElseThrow(
                        () -> new ProblemException(ProblemType.POOL_NOT_FOUND, "No pool " + pool + " is registered."));
        if (once.repeated() && upload.state() != UploadState.SUCCEEDED) {
            throw new ProblemException(
                    ProblemType.INVALID_STATE,
                    "The upload with this Idempotency-Key has not ended yet. Ask again in a moment.",
                    List.of(),
                    Map.of("uploadId", upload.id().toString()));
        }
        return upload;
    }

    /** The update of an upload that succeeded before; empty for one that is still to be run. */
    public Optional<UpdateView> result(Caller caller, Upload upload) {
        return Optional.ofNullable(upload.update())
                .map(update -> UpdateView.from(inventory.updateOf(caller, upload.pool(), update)));
    }

    /**
     * Runs an upload that was accepted. Holds no thread.
     *
     * @return the update; fails with {@link ProblemException}: {@code pool-storage-full}, {@code invalid-update}, {@code
     *     malformed-request} when the body breaks off, {@code service-unavailable} when it was ended, and those of calls to a pool. Then
     *     nothing of it stays in the pool, as soon as that can be reached
     */
    public CompletableFuture<Uploaded> run(Caller caller, Upload upload, UploadBody body) {
        var name = pools.get(caller, upload.pool()).name();
        return work.run(upload, name, body)
                .handleAsync(
                        (introduced, failure) -> ended(caller, upload, introduced, failure, body, name),
                        work.workers());
    }

    private Uploaded ended(
            Caller caller,
            Upload upload,
            UploadRun.@Nullable Introduced introduced,
            @Nullable Throwable failure,
            UploadBody body,
            String poolName) {
        if (introduced == null) {
            var why = Objects.requireNonNull(failure);
            LOG.warn(
                    "Upload {} of an update image into pool {} failed: {}; what it left in the pool gets removed",
                    upload.id(),
                    poolName,
                    Objects.requireNonNullElse(UploadProblems.cause(why).getMessage(), UploadProblems.word(why, body)));
            ledger.fail(caller, upload, UploadProblems.word(why, body));
            work.lookAfter(upload);
            throw UploadProblems.of(why, body, poolName);
        }
        if (!ledger.succeed(caller, upload, introduced.update(), introduced.knownBefore())) {
            LOG.info("Upload {} into pool {} was ended by another instance", upload.id(), poolName);
        }
        if (introduced.knownBefore()) {
            work.lookAfter(upload);
        }
        return new Uploaded(seen(caller, upload.pool(), introduced.update()), introduced.knownBefore());
    }

    /** The inventory follows the pool with a delay; whoever has just uploaded an update wants to use it now. */
    private UpdateView seen(Caller caller, PoolUuid pool, UpdateUuid update) {
        operations.refresh(caller, pool);
        return UpdateView.from(inventory.updateOf(caller, pool, update));
    }

    /** Ends an upload that is running in this instance. */
    public void abort(Upload upload) {
        work.abort(upload);
    }

    /** @param knownBefore whether the pool had the update already */
    public record Uploaded(UpdateView update, boolean knownBefore) {}
}
