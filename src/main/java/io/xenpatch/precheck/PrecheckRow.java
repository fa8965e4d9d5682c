package io.xenpatch.precheck;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One finding, in an administrator's words.
 *
 * @param code stable; callers rely on it, for example {@code HOST_NOT_LIVE}
 * @param subjectUuid of the pool, host or VM; null for {@link Scope#GLOBAL}
 * @param poolUuid the pool that was judged; null for {@link Scope#GLOBAL}
 * @param hostUuid the host that this stops or concerns; null when it concerns the whole pool
 * @param title what is wrong, on what, by name
 * @param detail why it matters and how to cure it
 * @param parameters the facts by themselves, for programs
 * @param acknowledge a warning that stands in the way until a person says that it is known and meant
 */
public record PrecheckRow(
        String code,
        Severity severity,
        Scope scope,
        @Nullable UUID subjectUuid,
        @Nullable UUID poolUuid,
        @Nullable UUID hostUuid,
        String title,
        String detail,
        Map<String, Object> parameters,
        @Nullable Fix fix,
        boolean acknowledge) {

    public PrecheckRow {
        parameters = Map.copyOf(parameters);
    }

    /** Whether nothing starts while this stands. */
    public boolean isBlocking() {
        return severity == Severity.BLOCKING || acknowledge;
    }
}
