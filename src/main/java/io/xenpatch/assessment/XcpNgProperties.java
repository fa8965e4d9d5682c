package io.xenpatch.assessment;

import io.xenpatch.plan.PackageRules;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How XCP-ng hosts are updated (R12). Names of packages may hold {@code *} and {@code ?}, but a letter or digit too: a list that
 * everything is on would leave hosts without the reboot that they need.
 *
 * @param toolstackPackages whose update needs a toolstack restart; unset = R12's list
 * @param noActionPackages whose update needs nothing; unset = R12's list. What is on no list needs a reboot
 * @param busyTries how often a host is asked whose updater plugin is busy, 1 to 100
 * @param busyPause between two of these, 1 s to 1 min
 */
@Validated
@ConfigurationProperties("xenpatch.xcp-ng")
public record XcpNgProperties(
        @Nullable @Size(max = 1_000) List<@NotNull @Pattern(regexp = XcpNgProperties.PACKAGE) String> toolstackPackages,
        @Nullable @Size(max = 1_000) List<@NotNull @Pattern(regexp = XcpNgProperties.PACKAGE) String> noActionPackages,
        @DefaultValue("10") @Min(1) @Max(100) int busyTries,

        @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 1) @DefaultValue("2s")
        Duration busyPause) {

    static final String PACKAGE = "(?=.*[A-Za-z0-9])[A-Za-z0-9._+*?-]{1,128}";

    /** How hosts are asked. */
    public PackageAsking asking() {
        return new PackageAsking(rules(), busyTries, busyPause);
    }

    /** The lists that are set, R12's for the others. */
    public PackageRules rules() {
        return new PackageRules(
                toolstackPackages == null ? PackageRules.DEFAULTS.toolstack() : toolstackPackages,
                noActionPackages == null ? PackageRules.DEFAULTS.noAction() : noActionPackages);
    }
}
