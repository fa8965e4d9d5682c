package io.xenpatch.xen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A version as a server tells it, such as {@code 3.2.1} or {@code 23.18.0-1.xs8}, in the order of xencenter.md §1.1: epoch, then the
 * dotted numbers, then the leading numbers of the release. Missing numbers are 0, and the first part that is no number ends the
 * comparison, so that {@code 1.0} and {@code 1} are one version.
 *
 * @param numbers without zeros at the end
 * @param release without zeros at the end
 */
public record Version(long epoch, List<Long> numbers, List<Long> release) implements Comparable<Version> {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,17}");
    private static final Comparator<Version> ORDER = Comparator.comparingLong(Version::epoch)
            .thenComparing(Version::numbers, Version::compare)
            .thenComparing(Version::release, Version::compare);

    public Version {
        numbers = List.copyOf(numbers);
        release = List.copyOf(release);
    }

    /** The lowest of all where the text holds no number. */
    public static Version of(String text) {
        int colon = text.indexOf(':');
        String epoch = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        int dash = rest.indexOf('-');
        return new Version(
                NUMBER.matcher(epoch).matches() ? Long.parseLong(epoch) : 0,
                leading(dash < 0 ? rest : rest.substring(0, dash)),
                leading(dash < 0 ? "" : rest.substring(dash + 1)));
    }

    private static List<Long> leading(String dotted) {
        List<Long> numbers = new ArrayList<>();
        for (String part : dotted.split("\\.", -1)) {
            if (!NUMBER.matcher(part).matches()) {
                break;
            }
            numbers.add(Long.parseLong(part));
        }
        while (!numbers.isEmpty() && numbers.get(numbers.size() - 1) == 0) {
            numbers.remove(numbers.size() - 1);
        }
        return numbers;
    }

    /** Both end without zeros, so the longer of two that begin alike is the later. */
    private static int compare(List<Long> these, List<Long> those) {
        for (int index = 0; index < Math.min(these.size(), those.size()); index++) {
            int order = Long.compare(these.get(index), those.get(index));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(these.size(), those.size());
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    public boolean isAtLeast(String least) {
        return compareTo(of(least)) >= 0;
    }
}
