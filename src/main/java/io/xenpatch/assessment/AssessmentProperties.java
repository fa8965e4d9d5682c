package io.xenpatch.assessment;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of assessments.
 *
 * @param expireAfter an assessment that is older counts as {@code EXPIRED}: the pool may have changed since
 * @param pace how often a pool is looked at while the server works on a question
 */
@Validated
@ConfigurationProperties("xenpatch.assessment")
public record AssessmentProperties(
        @NotNull @DefaultValue("PT1H") Duration expireAfter,
        @NotNull @DefaultValue("PT0.3S") Duration pace) {}
