package io.xenpatch.xen;

import java.util.List;
import java.util.Map;

/** The order of what hosts run, as {@code host.software_version} tells it (xapi.md §8.3 rule 1). */
public final class SoftwareVersions {

    /** What the server compares before it lets a guest go from one host to another. */
    private static final List<String> COMPARED = List.of("platform_version", "xapi_build", "xen");

    private SoftwareVersions() {}

    /** Whether guests may go from one host to another: nothing that is compared is lower there. What a host does not say is lowest. */
    public static boolean mayGo(HostSnapshot from, HostSnapshot to) {
        return COMPARED.stream()
                .allMatch(key -> compare(word(to.softwareVersion(), key), word(from.softwareVersion(), key)) >= 0);
    }

    private static String word(Map<String, String> versions, String key) {
        return versions.getOrDefault(key, "");
    }

    /**
     * Compares texts such as {@code 4.13.4-9.19} number by number.
     *
     * @return as {@link java.util.Comparator#compare}
     */
    public static int compare(String left, String right) {
        String[] ours = left.split("\\D+", -1);
        String[] theirs = right.split("\\D+", -1);
        for (int place = 0; place < Math.max(ours.length, theirs.length); place++) {
            int order = Long.compare(number(ours, place), number(theirs, place));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** A number that is missing, or longer than any version's, is lower than every other. */
    private static long number(String[] parts, int place) {
        boolean isOne = place < parts.length && !parts[place].isEmpty() && parts[place].length() <= 18;
        return isOne ? Long.parseLong(parts[place]) : -1;
    }
}
