package io.xenpatch.assessment;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of assessments.
 *
 * @param expireAfter an assessment that is older counts as {@code EXPIRED}: the pool may have changed since
 * @param keepFor an assessment that is older is forgotten; longer than {@code expireAfter}
 * @param pace how often a pool is looked at while the server works on a question
 */
@Validated
@ConfigurationProperties("xenpatch.assessment")
public record AssessmentProperties(
        @NotNull @DefaultValue("PT1H") Duration expireAfter,
        @NotNull @DefaultValue("P90D") Duration keepFor,
        @NotNull @DefaultValue("PT0.3S") Duration pace) {

    @AssertTrue(message = "keep-for must be longer than expire-after")
    boolean isKeptUntilExpired() {
        return keepFor.compareTo(expireAfter) > 0;
    }
}
