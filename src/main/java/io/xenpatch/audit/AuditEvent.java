package io.xenpatch.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One change, as it is read.
 *
 * @param actor who did it
 * @param action for example {@code pool.registered}
 * @param subject a kind and an id, for example {@code pool/2f1c…}
 */
public record AuditEvent(
        long id, Instant at, String actor, String role, String action, String subject, Map<String, Object> details) {}
