package io.xenpatch.egress;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the outgoing HTTP client behaves.
 *
 * @param connectTimeout how long a connection may take to come about, 100 ms to 1 min
 */
@Validated
@ConfigurationProperties("xenpatch.egress")
public record EgressProperties(
        @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) @DefaultValue("5s")
        Duration connectTimeout) {}
