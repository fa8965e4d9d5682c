package io.xenpatch.xen;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What clients note in a host's {@code other_config} when they have installed packages on it (R12, R32). Every client that updates
 * XCP-ng writes the time; what is still owed is in an entry of our own, which counts only for the installation that it names: for another
 * client's a reboot is owed, because nobody knows what it installed.
 *
 * @param at when packages were installed last
 * @param owed what that left to do
 */
public record InstallationNote(Instant at, OwedRestart owed) {
    /** The time in Unix seconds, as all clients write it. */
    public static final String TIME = "rpm_patch_installation_time";

    /** The same time and a word of {@link OwedRestart}. */
    public static final String OWED = "xenpatch:owed_restart";

    private static final int MILLISECONDS = 3;
    /** Anybody may write there. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{0,9})?");

    /** Null when nobody has noted anything that can be read. */
    static @Nullable InstallationNote in(Map<String, String> otherConfig) {
        String time = otherConfig.getOrDefault(TIME, "");
        return instant(time)
                .map(at -> new InstallationNote(at, owed(time, otherConfig.getOrDefault(OWED, ""))))
                .orElse(null);
    }

    private static OwedRestart owed(String time, String entry) {
        return Arrays.stream(OwedRestart.values())
                .filter(word -> entry.equals(time + " " + word))
                .findFirst()
                .orElse(OwedRestart.REBOOT_HOST);
    }

    private static Optional<Instant> instant(String seconds) {
        return SECONDS.matcher(seconds).matches()
                ? Optional.of(Instant.ofEpochMilli(
                        new BigDecimal(seconds).movePointRight(MILLISECONDS).longValue()))
                : Optional.empty();
    }

    /** What is written, in this order: what is owed counts only beside its time, so the time comes last. */
    public Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(OWED, time() + " " + owed);
        entries.put(TIME, time());
        return Collections.unmodifiableMap(entries);
    }

    private String time() {
        return BigDecimal.valueOf(at.toEpochMilli(), MILLISECONDS).toPlainString();
    }
}
