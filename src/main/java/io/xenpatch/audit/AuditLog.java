package io.xenpatch.audit;

import io.xenpatch.caller.Caller;
import java.util.Map;

/** Where rooms write who changed what. */
public interface AuditLog {

    /**
     * Writes one row in the caller's transaction.
     *
     * @param action what was done, for example {@code pool.registered}
     * @param subject what it was done to: a kind and an id, for example {@code pool/2f1c…}
     * @param details further facts; values that Jackson can write, no secrets
     */
    void append(Caller caller, String action, String subject, Map<String, Object> details);
}
