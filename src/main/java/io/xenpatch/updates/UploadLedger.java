package io.xenpatch.updates;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.IdempotencyKeys;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Begins and ends uploads; each method is one transaction, with its event, audit row and alarm. */
@Component
class UploadLedger {
    static final String OPERATION = "POST /pools/{poolUuid}/updates";

    private final UploadStore store;
    private final IdempotencyKeys keys;
    private final UploadJournal journal;
    private final UploadSettings settings;
    private final UploadAlarm alarm;

    UploadLedger(
            UploadStore store,
            IdempotencyKeys keys,
            UploadJournal journal,
            UploadSettings settings,
            UploadAlarm alarm) {
        this.store = store;
        this.keys = keys;
        this.journal = journal;
        this.settings = settings;
        this.alarm = alarm;
    }

    /** @param key the {@code Idempotency-Key}; with one, the length stands for the body, which nobody has read yet */
    @Transactional
    public IdempotencyKeys.Once begin(Caller caller, PoolUuid pool, @Nullable String key, long length) {
        var request = Map.of("poolUuid", pool.value(), "length", length);
        return keys.once(caller, OPERATION, key, request, () -> {
            var id = UUID.randomUUID();
            store.insert(id, pool, length, caller, journal.now(), settings.deadAfter());
            journal.started(caller, id, pool, length);
            alarm.set(id, journal.now().plus(settings.deadAfter()));
            return id.toString();
        });
    }

    /** @return false when it was ended by somebody else */
    @Transactional
    public boolean succeed(Caller caller, Upload upload, UpdateUuid update, boolean knownBefore) {
        var changed = store.succeed(upload.id(), update, knownBefore, journal.now());
        if (changed) {
            journal.uploaded(caller, upload, update.value(), knownBefore);
        }
        return changed;
    }

    @Transactional
    public void fail(Caller caller, Upload upload, String failure) {
        if (store.fail(upload.id(), failure, journal.now())) {
            failed(caller, upload, failure);
        }
    }

    /** Ends an upload whose instance is silent. @return false when it is not */
    @Transactional
    public boolean abandon(Upload upload) {
        var changed = store.abandon(upload.id(), journal.now());
        if (changed) {
            failed(Caller.system(), upload, "ABANDONED");
        }
        return changed;
    }

    private void failed(Caller caller, Upload upload, String failure) {
        journal.failed(caller, upload, failure);
        keys.release(OPERATION, upload.id().toString());
    }
}
