package io.xenpatch.updates;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of uploads and synchronisations.
 *
 * @param maxSize of an image
 * @param standstill how long nothing may move on the way to the pool, whoever is to blame, 1 s to 1 h
 * @param longest how long a whole upload may take, 1 min to 24 h
 * @param poolTask how long the pool may take to create an image, to finish writing it, or to introduce the update, 1 s to 1 h
 * @param sync how long a pool may take to synchronise with its repositories, 1 min to 24 h
 * @param syncRetry after which a pool that did not answer, or was busy, is asked to synchronise again, 1 s to 10 min
 * @param deadAfter an upload of which its instance was silent for so long is ended, and its image removed, by whichever instance
 *     sees it, 1 s to 10 min
 * @param settle how long a call whose answer was lost may still bring about an image, 1 s to 1 h
 * @param stopWithin how long a service that is being stopped waits for the images of its uploads to be removed, 0 s to 10 min; others
 *     do what is not done by then. Spring's {@code spring.lifecycle.timeout-per-shutdown-phase} limits it, too
 * @param workers threads that talk with pools about uploads; the bytes need none
 */
@Validated
@ConfigurationProperties("xenpatch.updates")
public record UploadSettings(
        @DefaultValue("4GB") @NotNull DataSize maxSize,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration standstill,

        @DefaultValue("4h") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 24)
        Duration longest,

        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration poolTask,

        @DefaultValue("1h") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 24)
        Duration sync,

        @DefaultValue("10s") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration syncRetry,

        @DefaultValue("30s") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration deadAfter,

        @DefaultValue("2m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration settle,

        @DefaultValue("10s") @NotNull @DurationMin(seconds = 0) @DurationMax(minutes = 10)
        Duration stopWithin,

        @DefaultValue("4") @Min(1) @Max(64) int workers) {}
