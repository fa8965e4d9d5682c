package io.xenpatch.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One change that somebody made.
 *
 * @param id its place in the order of all changes
 * @param at when it was changed
 * @param actor who changed it
 * @param role the role that allowed it
 * @param action for example {@code pool.registered}
 * @param subject a kind and an id, for example {@code pool/7121f6a3-0e0d-3c14-8ed0-5368f7366f79}
 * @param details what else is to be said; depends on the action
 */
public record AuditEvent(
        long id, Instant at, String actor, String role, String action, String subject, Map<String, Object> details) {}
