package io.xenpatch.assessment;

import io.xenpatch.precheck.Fix;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.precheck.Scope;
import io.xenpatch.precheck.Severity;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A precheck's row as the API shows it, in assessments and jobs alike.
 *
 * @param subjectUuid of the pool, host or VM that it is about; null for {@code GLOBAL}
 * @param poolUuid the pool that was judged
 * @param hostUuid the host that this stops or concerns; null when it concerns the whole pool
 * @param fix how it can be cured; null when only a person can
 */
public record PrecheckView(
        String code,
        Severity severity,
        Scope scope,
        @Nullable UUID subjectUuid,
        @Nullable UUID poolUuid,
        @Nullable UUID hostUuid,
        String title,
        String detail,
        Map<String, Object> parameters,
        @Nullable Fix fix) {

    public static PrecheckView of(PrecheckRow row) {
        return new PrecheckView(
                row.code(),
                row.severity(),
                row.scope(),
                row.subjectUuid(),
                row.poolUuid(),
                row.hostUuid(),
                row.title(),
                row.detail(),
                row.parameters(),
                row.fix());
    }
}
