package io.xenpatch.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a problem looks like; only for the description of the API. */
@Schema(
        description =
                "An error (RFC 9457). Some types have further members; the page at the type's address names them.")
record Problem(
        @Schema(example = "/problems/validation-failed", description = "Which problem; leads to its explanation")
        String type,

        @Schema(example = "Some fields are not valid") String title,
        @Schema(example = "422") int status,

        @Schema(example = "/targets must not be empty.", description = "What is the case here and what can be done")
        String detail,

        @Schema(example = "/api/v1/update-jobs", description = "The address that was asked for")
        String instance,

        @Schema(description = "Which fields, and why") List<InvalidField> errors) {

    /** One field. */
    record InvalidField(
            @Schema(example = "/targets", description = "JSON pointer into the body, or the name of a parameter")
            String pointer,

            @Schema(example = "must not be empty") String message) {}
}
