package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A package in one version.
 *
 * @param arch {@code x86_64} or {@code noarch}
 */
public record RpmPackage(String name, String arch, Evr evr) {
    private static final Pattern FULL_NAME = Pattern.compile("(.*)-([^-]*-[^-]*)\\.(noarch|x86_64)");

    /** Reads {@code name-[epoch:]version-release.arch}; empty if it is anything else, which XAPI ignores. */
    public static Optional<RpmPackage> parse(String fullName) {
        var parts = FULL_NAME.matcher(fullName);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RpmPackage(parts.group(1), parts.group(3), Evr.parse(parts.group(2))));
        } catch (ApiFailure e) {
            return Optional.empty();
        }
    }

    /** {@code name.arch}: what tells installed packages apart. */
    public String nameArch() {
        return name + "." + arch;
    }

    /** {@code name-[epoch:]version-release.arch.rpm}, as {@code GET /updates} tells it. */
    public String fileName() {
        return name + "-" + evr.text() + "." + arch + ".rpm";
    }
}
