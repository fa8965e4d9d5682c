package io.xenpatch.problem;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What a problem means, at the address that its {@code type} gives. */
@RestController
@Tag(name = "Problems")
class ProblemPages {
    private static final MediaType MARKDOWN = new MediaType("text", "markdown", StandardCharsets.UTF_8);

    @GetMapping(
            path = "/problems/{slug}",
            produces = {MediaType.TEXT_PLAIN_VALUE, "text/markdown", MediaType.ALL_VALUE})
    @Operation(
            operationId = "getProblemType",
            summary = "Read what a type of problem means",
            description = "And what to do about it. The address is the `type` of the problem.")
    @ApiResponse(
            responseCode = "200",
            description = "The explanation, in Markdown",
            content = {
                @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = "text/markdown", schema = @Schema(type = "string"))
            })
    @CanFailWith(ProblemType.NOT_FOUND)
    ResponseEntity<String> page(
            @Parameter(description = "The last part of the `type`", example = "pool-busy") @PathVariable String slug,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", defaultValue = "*/*") String accept)
            throws IOException {
        var type = Arrays.stream(ProblemType.values())
                .filter(known -> known.slug().equals(slug))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "There is no problem type of this name."));
        return ResponseEntity.ok()
                .contentType(
                        accept.contains("text/markdown")
                                ? MARKDOWN
                                : new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(new ClassPathResource("problems/" + type.slug() + ".md")
                        .getContentAsString(StandardCharsets.UTF_8));
    }
}
