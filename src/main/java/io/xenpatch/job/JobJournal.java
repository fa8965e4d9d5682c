package io.xenpatch.job;

import io.xenpatch.audit.AuditLog;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.NewEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes down who asked for what. */
@Component
class JobJournal {
    private final AuditLog audit;

    JobJournal(AuditLog audit) {
        this.audit = audit;
    }

    /** In the transaction that creates the job. */
    void accepted(NewJob job, @Nullable String reason) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("name", job.name());
        details.put(
                "pools", job.pools().stream().map(pool -> pool.pool().value()).toList());
        details.put("update", job.pools().get(0).choice().word());
        if (job.retryOf() != null) {
            details.put("retryOf", job.retryOf().value());
        }
        if (reason != null) {
            details.put("reason", reason);
        }
        audit.append(job.caller(), "update-job.accepted", "update-job/" + job.id(), details);
    }

    /** In the transaction that asks. */
    void asked(Caller caller, JobId job, String what, Map<String, Object> details) {
        audit.append(caller, what, "update-job/" + job, details);
    }

    /** One for each pool, so that whoever may see the pool sees it. */
    static List<NewEvent> events(String type, Instant at, JobId job, List<PoolUpdate> pools, Map<String, Object> data) {
        return pools.stream()
                .map(pool -> new NewEvent(type, at, pool.pool().value(), null, job.value(), data))
                .toList();
    }
}
