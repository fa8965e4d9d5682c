package io.xenpatch.simulator.repository;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which live patch runs, found in what the tools of Xen and of the kernel list (xapi.md §7.7). */
public final class LivePatchListing {
    private static final Pattern XEN = Pattern.compile(" *lp_([^- |]+)-([^- |]+)-([^- |]+)-([^- |]+)[ |]+APPLIED\\b.*");
    private static final Pattern KERNEL = Pattern.compile(" *lp_([^ \\[]+)__([^ \\[]+)__([^ \\[]+)__([^ \\[]+).*");

    /** Where the list of what is loaded ends and that of what is only installed begins. */
    private static final String INSTALLED = "Installed patch modules:";

    private LivePatchListing() {}

    /** The newest one that {@code xen-livepatch list} shows as applied. */
    public static Optional<LivePatchName> xen(String listing) {
        return newest(listing.lines(), XEN, UnaryOperator.identity());
    }

    /** The newest one that {@code kpatch list} shows as loaded. */
    public static Optional<LivePatchName> kernel(String listing) {
        var loaded = listing.lines().takeWhile(line -> !line.startsWith(INSTALLED));
        return newest(loaded, KERNEL, part -> part.replace('_', '.'));
    }

    private static Optional<LivePatchName> newest(Stream<String> lines, Pattern pattern, UnaryOperator<String> part) {
        return lines.map(pattern::matcher)
                .filter(Matcher::matches)
                .map(line -> name(line, part))
                .max(Comparator.comparing(LivePatchName::to));
    }

    private static LivePatchName name(MatchResult line, UnaryOperator<String> part) {
        return new LivePatchName(
                part.apply(line.group(1)),
                part.apply(line.group(2)),
                part.apply(line.group(3)),
                part.apply(line.group(4)));
    }
}
