package io.xenpatch.xapi.jsonrpc;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** Other references for the same objects, as after a pool's database was restored; those of before then name nothing. */
final class Aliases {
    private static final Pattern REFERENCE =
            Pattern.compile("(OpaqueRef:)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long mask;

    void change() {
        mask += STEP;
    }

    /** What a client is told. */
    byte[] told(byte[] answer) {
        return other(answer);
    }

    /** What a client means that was told so. */
    byte[] meant(byte[] request) {
        return other(request);
    }

    String meant(String ref) {
        return other(ref);
    }

    private byte[] other(byte[] text) {
        return mask == 0
                ? text
                : other(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private String other(String text) {
        return REFERENCE.matcher(text).replaceAll(found -> {
            UUID ref = UUID.fromString(found.group(2));
            return found.group(1) + new UUID(ref.getMostSignificantBits() ^ mask, ref.getLeastSignificantBits());
        });
    }
}
