package io.xenpatch.http;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where a page ended: the sort keys of its last row, so that the next page is {@code where (key, id) > (…)} and stays right while
 * rows come and go. Opaque to clients; whatever they changed in it is {@code malformed-request}.
 */
public final class Cursor {
    private static final String SEPARATOR = "\u001f";

    private final List<String> keys;

    private Cursor(List<String> keys) {
        this.keys = List.copyOf(keys);
    }

    /** @param keys the sort keys of the last row in their order; numbers, instants, uuids or text */
    public static Cursor of(Object... keys) {
        return new Cursor(Arrays.stream(keys).map(String::valueOf).toList());
    }

    /** @throws ProblemException {@code malformed-request} */
    public static Cursor parse(String text) {
        try {
            var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (decoded.indexOf('\0') >= 0) {
                throw invalid(); // no database can look for it
            }
            return new Cursor(List.of(decoded.split(SEPARATOR, -1)));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    public long longAt(int index) {
        return at(index, Long::valueOf);
    }

    public UUID uuidAt(int index) {
        return at(index, UUID::fromString);
    }

    public Instant instantAt(int index) {
        return at(index, Instant::parse);
    }

    public String textAt(int index) {
        return at(index, Function.identity());
    }

    /** As it goes to the client. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8));
    }

    private <T> T at(int index, Function<String, T> read) {
        if (index >= keys.size()) {
            throw invalid();
        }
        try {
            return read.apply(keys.get(index));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                "The cursor is not one that this service gave out. Leave it out to start at the first page.",
                List.of(new FieldError("cursor", "is not a cursor of this service")),
                Map.of());
    }
}
