package io.xenpatch.updates;

import io.xenpatch.audit.AuditLog;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.PoolUuid;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes what becomes of uploads: an event and an audit row in the transaction of the change. */
@Component
class UploadJournal {
    private final EventLog events;
    private final AuditLog audit;
    private final InstantSource time;

    UploadJournal(EventLog events, AuditLog audit, InstantSource time) {
        this.events = events;
        this.audit = audit;
        this.time = time;
    }

    Instant now() {
        return time.instant();
    }

    void started(Caller caller, UUID upload, PoolUuid pool, long size) {
        note(caller, "update.upload-started", pool, Map.of("uploadId", upload, "size", size));
    }

    /** @param knownBefore whether the pool had it already */
    void uploaded(Caller caller, Upload upload, UUID update, boolean knownBefore) {
        var details = Map.<String, Object>of(
                "uploadId", upload.id(), "size", upload.size(), "updateUuid", update, "knownBefore", knownBefore);
        note(caller, "update.uploaded", upload.pool(), details);
    }

    /** @param failure a short word: XAPI's code or ours */
    void failed(Caller caller, Upload upload, String failure) {
        note(caller, "update.upload-failed", upload.pool(), Map.of("uploadId", upload.id(), "failure", failure));
    }

    private void note(Caller caller, String what, PoolUuid pool, Map<String, Object> details) {
        events.append(new NewEvent(what, now(), pool.value(), null, null, details));
        audit.append(caller, what, "pool/" + pool, details);
    }
}
