package io.xenpatch.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
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
@Schema(name = "Precheck", description = "One finding, in words and as facts.")
public record PrecheckView(
        @Schema(description = "Stable; more codes may be added.", example = "HOST_NOT_LIVE")
        String code,

        @Schema(description = "BLOCKING: nothing starts while it stands.")
        Severity severity,

        Scope scope,

        @Schema(description = "The pool, host or VM that it is about.") @Nullable
        UUID subjectUuid,

        @Nullable UUID poolUuid,

        @Schema(description = "The host that it stops or concerns; null = the whole pool.") @Nullable
        UUID hostUuid,

        @Schema(description = "What is the case, on what, by name.")
        String title,

        @Schema(description = "Why it matters and how to cure it.")
        String detail,

        Map<String, Object> parameters,

        @Schema(description = "How it can be cured; null when only a person can.") @Nullable
        Fix fix) {

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
