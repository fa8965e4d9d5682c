package io.xenpatch.caller;

import java.util.Map;

/**
 * Who is asking. Goes through every facade method; every list query has {@link #scope()} in its {@code where} clause.
 *
 * @param name as the history shows it, for example {@code local-admin}
 * @param scope labels that a pool must all carry to be seen; empty = everything
 */
public record Caller(String name, Role role, Map<String, String> scope) {

    public Caller {
        scope = Map.copyOf(scope);
    }

    /** The caller as long as the service has no authentication: whoever reaches the loopback address. */
    public static Caller localAdmin() {
        return new Caller("local-admin", Role.ADMIN, Map.of());
    }

    /** The service itself, for changes that no person asked for. */
    public static Caller system() {
        return new Caller("system", Role.ADMIN, Map.of());
    }

    /** Whether something with these labels is in this caller's scope. */
    public boolean sees(Map<String, String> labels) {
        return labels.entrySet().containsAll(scope.entrySet());
    }

    /** What a caller may do; each includes the former. */
    public enum Role {
        VIEWER,
        OPERATOR,
        ADMIN
    }
}
