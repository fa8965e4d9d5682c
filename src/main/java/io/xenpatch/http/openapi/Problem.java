package io.xenpatch.http.openapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error (RFC 9457). Some types have further members; the page at the address of the type names them.
 *
 * @param type which problem; leads to its explanation
 * @param title the type in words
 * @param status the HTTP status
 * @param detail what is the case here and what can be done
 * @param instance the address that was asked for
 * @param errors which fields, and why; for some types only
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        @Nullable List<InvalidField> errors) {

    /**
     * A field or parameter that is not valid.
     *
     * @param pointer JSON pointer into the body, or the name of a parameter
     * @param message what is wrong with it
     */
    record InvalidField(String pointer, String message) {}
}
