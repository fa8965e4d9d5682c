package io.xenpatch.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Pointers into a body (RFC 6901). */
final class JsonPointer {

    private JsonPointer() {}

    /** @param segments property names and array indexes */
    static String of(List<String> segments) {
        return segments.stream()
                .map(segment -> "/" + segment.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    /** @param field as validation names it, for example {@code targets[0].poolUuid} */
    static String ofField(String field) {
        return of(List.of(field.replace("[", ".").replace("]", "").split("\\.", -1)));
    }
}
