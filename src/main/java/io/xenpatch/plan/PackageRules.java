package io.xenpatch.plan;

import io.xenpatch.xen.OwedRestart;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which packages of XCP-ng need which restart (R12). A name that is on no list needs a reboot.
 *
 * @param toolstack names whose update needs a toolstack restart; {@code *} stands for anything, also nothing, and {@code ?} for one
 *     character
 * @param noAction names whose update needs nothing, written like that; what is on both lists needs the restart
 */
public record PackageRules(List<String> toolstack, List<String> noAction) {
    /** R12's lists. */
    public static final PackageRules DEFAULTS = new PackageRules(
            List.of(
                    "xapi-core",
                    "xapi-xe",
                    "xapi-storage*",
                    "xapi-tests",
                    "xenopsd*",
                    "xcp-networkd",
                    "xcp-rrdd",
                    "forkexecd",
                    "message-switch",
                    "squeezed",
                    "varstored-guard",
                    "wsproxy",
                    "xcp-ng-xapi-plugins",
                    "sm",
                    "sm-core-libs"),
            List.of("xsconsole", "xo-lite", "*-doc"));

    public PackageRules {
        toolstack = List.copyOf(toolstack);
        noAction = List.copyOf(noAction);
    }

    /** What an update of the package leaves to do. */
    public OwedRestart owedBy(String name) {
        if (isOn(toolstack, name)) {
            return OwedRestart.RESTART_TOOLSTACK;
        }
        return isOn(noAction, name) ? OwedRestart.NOTHING : OwedRestart.REBOOT_HOST;
    }

    /** Names by what their updates leave to do, sorted and each once. */
    public Map<OwedRestart, List<String>> sort(Collection<String> names) {
        return names.stream()
                .distinct()
                .sorted()
                .collect(Collectors.groupingBy(
                        this::owedBy, () -> new EnumMap<>(OwedRestart.class), Collectors.toUnmodifiableList()));
    }

    private static boolean isOn(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        String expression = pattern.chars()
                .mapToObj(letter -> switch (letter) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(letter));
                })
                .collect(Collectors.joining());
        return name.matches(expression);
    }
}
