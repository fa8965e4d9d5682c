package io.xenpatch.xapi;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How pools are talked to.
 *
 * @param callTimeout how long a call that changes something may take with everything it needs (session, references), 1 s to 5 s:
 *     a slice gives no more time (ARCHITECTURE "Lease per slice")
 * @param readTimeout how long a call that changes nothing may take with its repetitions, 1 s to 2 min
 * @param allowPlainHttp whether pools may be registered without TLS
 * @param updatesTimeout how long the list of a repository's updates may take with its repetitions, 1 s to 10 min; nothing waits for
 *     it with a thread
 * @param longestUpdateList of such a list
 */
@Validated
@ConfigurationProperties("xenpatch.xapi")
public record XapiProperties(
        @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 5) @DefaultValue("5s")
        Duration callTimeout,

        @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 2) @DefaultValue("15s")
        Duration readTimeout,

        @DefaultValue("false") boolean allowPlainHttp,

        @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 10) @DefaultValue("60s")
        Duration updatesTimeout,

        @NotNull @DefaultValue("32MB") DataSize longestUpdateList) {

    @ConstructorBinding
    public XapiProperties {}

    /** With the usual limits for lists of updates. */
    public XapiProperties(Duration callTimeout, Duration readTimeout, boolean allowPlainHttp) {
        this(callTimeout, readTimeout, allowPlainHttp, Duration.ofSeconds(60), DataSize.ofMegabytes(32));
    }
}
