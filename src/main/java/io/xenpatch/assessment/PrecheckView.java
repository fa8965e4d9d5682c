package io.xenpatch.assessment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.precheck.Fix;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.precheck.Scope;
import io.xenpatch.precheck.Severity;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One finding, in words and as facts.
 *
 * @param code stable, for example {@code HOST_NOT_LIVE}; more codes may be added
 * @param severity how much it weighs
 * @param scope what it is about
 * @param subjectUuid XAPI uuid of the pool, host or VM that it is about; null for {@code GLOBAL}
 * @param poolUuid XAPI uuid of the pool that was judged; null for {@code GLOBAL}
 * @param hostUuid XAPI uuid of the host that it stops or concerns; null = the whole pool
 * @param title what is the case, on what, by name
 * @param detail why it matters and how to cure it; empty when there is nothing to cure
 * @param parameters the facts by themselves, for programs
 * @param fix how it can be cured; null when only a person can
 * @param acknowledge true = a warning that stands in the way until a request says, by its code in {@code acknowledge}, that it is known
 *     and meant
 */
@Schema(name = "Precheck")
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

        @Nullable Fix fix,

        boolean acknowledge) {

    /** As it was kept: by earlier versions without what came later. */
    @JsonCreator
    static PrecheckView kept(
            @JsonProperty("code") String code,
            @JsonProperty("severity") Severity severity,
            @JsonProperty("scope") Scope scope,
            @JsonProperty("subjectUuid") @Nullable UUID subjectUuid,
            @JsonProperty("poolUuid") @Nullable UUID poolUuid,
            @JsonProperty("hostUuid") @Nullable UUID hostUuid,
            @JsonProperty("title") String title,
            @JsonProperty("detail") String detail,
            @JsonProperty("parameters") Map<String, Object> parameters,
            @JsonProperty("fix") @Nullable Fix fix,
            @JsonProperty("acknowledge") @Nullable Boolean acknowledge) {
        return new PrecheckView(
                code,
                severity,
                scope,
                subjectUuid,
                poolUuid,
                hostUuid,
                title,
                detail,
                parameters,
                fix,
                Boolean.TRUE.equals(acknowledge));
    }

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
                row.fix(),
                row.acknowledge());
    }
}
