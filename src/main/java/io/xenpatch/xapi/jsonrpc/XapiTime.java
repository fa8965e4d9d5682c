package io.xenpatch.xapi.jsonrpc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as XAPI writes them: {@code 20230815T12:34:56Z}, and Unix seconds with a trailing dot in maps. */
final class XapiTime {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss", Locale.ROOT);

    private XapiTime() {}

    /** Null when there is none: absent, "never" (the epoch), or not a time. */
    static @Nullable Instant parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            var bare = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
            var time = LocalDateTime.parse(bare.replace("-", ""), FORM).toInstant(ZoneOffset.UTC);
            return time.equals(Instant.EPOCH) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@code "1693210293."}; null when there is none or it is no number. */
    static @Nullable Instant parseSeconds(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
