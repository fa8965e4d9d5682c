package io.xenpatch.feed;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the update feed.
 *
 * @param location a path, a {@code file:} or an {@code https:} address; empty = there is no feed. An address has no user and password;
 *     a query may hold a secret, it is shown nowhere
 * @param fingerprints SHA-256 of the certificates of which the server must present one, 64 hex digits; none = the certificate
 *     authorities that the JDK trusts vouch for it
 * @param refresh how often it is read again, 1 min to 30 d
 * @param retry when it is read again after a failure, 1 s to 1 d
 * @param longest for reading it once, 1 s to 10 min
 * @param largest of the document
 * @param allowPlainHttp whether an {@code http:} address may be named: anyone on the way could change what is missing
 */
@Validated
@ConfigurationProperties("xenpatch.feed")
public record FeedSettings(
        @DefaultValue("") @NotNull String location,

        @DefaultValue @NotNull Set<@Pattern(regexp = "[0-9a-fA-F]{64}") String> fingerprints,

        @DefaultValue("6h") @NotNull @DurationMin(minutes = 1) @DurationMax(days = 30)
        Duration refresh,

        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration retry,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration longest,

        @DefaultValue("16MB") @NotNull DataSize largest,

        @DefaultValue("false") boolean allowPlainHttp) {

    public FeedSettings {
        fingerprints = Set.copyOf(fingerprints);
    }

    @AssertTrue(message = "location must be a path, file: or https: address without user and password")
    boolean isLocationUsable() {
        return location.isBlank() || FeedLocation.of(location, allowPlainHttp).isPresent();
    }
}
