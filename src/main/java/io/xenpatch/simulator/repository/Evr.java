package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Epoch, version and release of a package. Ordered as XAPI orders them, which takes {@code 1.05} and {@code 1.5} for the same
 * version: the order is not consistent with {@code equals}.
 *
 * @param epoch 0 if the package has none
 * @param version without a hyphen, for example {@code 4.17.3}
 * @param release without a hyphen, for example {@code 3.11.gf717213.xs8}
 */
public record Evr(int epoch, String version, String release) implements Comparable<Evr> {
    private static final String NO_EPOCH = "(none)";
    private static final Pattern TEXT = Pattern.compile("(?:([^:]*):)?([^:-]*)-([^:-]*)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** A version of a package without an epoch. */
    public static Evr of(String version, String release) {
        return new Evr(0, version, release);
    }

    /**
     * Reads {@code [epoch:]version-release}; the epoch is a number, {@code (none)} or {@code None}.
     *
     * @throws ApiFailure {@code INTERNAL_ERROR} if it is anything else
     */
    public static Evr parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw unreadable(text);
        }
        var told = parts.group(1);
        var epoch = parseEpoch(told == null ? NO_EPOCH : told).orElseThrow(() -> unreadable(text));
        return new Evr(epoch, parts.group(2), parts.group(3));
    }

    /** Reads an epoch: a number, {@code (none)} or {@code None}; empty if it is anything else. */
    static OptionalInt parseEpoch(String text) {
        if (NO_EPOCH.equals(text) || "None".equals(text)) {
            return OptionalInt.of(0);
        }
        return NUMBER.matcher(text).matches() ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static ApiFailure unreadable(String text) {
        return ApiFailure.of("INTERNAL_ERROR", "Failed to parse '" + text + "'");
    }

    @Override
    public int compareTo(Evr other) {
        return EvrComparison.compare(this, other);
    }

    /** Whether this is a newer version than the other. */
    public boolean isNewerThan(Evr other) {
        return compareTo(other) > 0;
    }

    /** The epoch as the package manager tells it: {@code (none)} or the number. */
    public String epochText() {
        return epoch == 0 ? NO_EPOCH : String.valueOf(epoch);
    }

    /** {@code [epoch:]version-release}. */
    public String text() {
        return (epoch == 0 ? "" : epoch + ":") + version + "-" + release;
    }
}
