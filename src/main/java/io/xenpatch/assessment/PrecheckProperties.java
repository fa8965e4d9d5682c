package io.xenpatch.assessment;

import io.xenpatch.precheck.PrecheckLimits;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * From where on prechecks object, in assessments and jobs alike.
 *
 * @param clocksDiffer between the clocks of two hosts of a pool, for a warning; 1 s to 1 d
 * @param clocksApart the same, for nothing to start; not shorter than {@code clocksDiffer}, up to 1 d
 * @param certificateEnds how far ahead the end of a host's certificate is a warning; 0 to 365 d
 * @param taskStale from this age on a pending task of others is said to hang; 1 min to 30 d
 */
@Validated
@ConfigurationProperties("xenpatch.precheck")
public record PrecheckProperties(
        @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1) @DefaultValue("5s")
        Duration clocksDiffer,

        @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1) @DefaultValue("1m")
        Duration clocksApart,

        @NotNull @DurationMin @DurationMax(days = 365) @DefaultValue("30d")
        Duration certificateEnds,

        @NotNull @DurationMin(minutes = 1) @DurationMax(days = 30) @DefaultValue("1d")
        Duration taskStale) {

    @AssertTrue(message = "clocks-apart must not be shorter than clocks-differ")
    boolean isWarnedBeforeStopped() {
        return clocksApart.compareTo(clocksDiffer) >= 0;
    }

    /** What the rules are given. */
    public PrecheckLimits limits() {
        return new PrecheckLimits(clocksDiffer, clocksApart, certificateEnds, taskStale);
    }
}
