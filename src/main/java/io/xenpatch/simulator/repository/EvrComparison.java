package io.xenpatch.simulator.repository;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * XAPI's own variant of RPM's comparison of versions (xapi.md §7.7): runs of digits, runs of letters and tildes are compared one by
 * one, whatever is between them only separates. A number beats letters, letters beat the end, the end beats a tilde.
 */
public final class EvrComparison {
    private static final Pattern SEGMENT = Pattern.compile("~|[0-9]+|[a-zA-Z]+");

    /** What takes the place of a segment where a version has no more. */
    private static final String END = "";

    private static final Comparator<Evr> ORDER = Comparator.comparingInt(Evr::epoch)
            .thenComparing(Evr::version, EvrComparison::compare)
            .thenComparing(Evr::release, EvrComparison::compare);

    private EvrComparison() {}

    /** Compares epochs, then versions, then releases. */
    public static int compare(Evr left, Evr right) {
        return ORDER.compare(left, right);
    }

    /** Compares two versions, or two releases. */
    public static int compare(String left, String right) {
        var these = segments(left);
        var those = segments(right);
        for (var index = 0; index < Math.max(these.size(), those.size()); index++) {
            var order = compareSegments(segment(these, index), segment(those, index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<String> segments(String version) {
        return SEGMENT.matcher(version).results().map(MatchResult::group).toList();
    }

    private static String segment(List<String> segments, int index) {
        return index < segments.size() ? segments.get(index) : END;
    }

    private static int compareSegments(String left, String right) {
        var kind = Kind.of(left);
        var order = kind.compareTo(Kind.of(right));
        if (order != 0) {
            return order;
        }
        return kind == Kind.NUMBER ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }

    /** What a segment is, the oldest first. */
    private enum Kind {
        TILDE,
        END,
        LETTERS,
        NUMBER;

        static Kind of(String segment) {
            if (segment.isEmpty()) {
                return END;
            }
            var first = segment.charAt(0);
            if (first == '~') {
                return TILDE;
            }
            return Character.isDigit(first) ? NUMBER : LETTERS;
        }
    }
}
