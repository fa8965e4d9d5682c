package io.xenpatch.problem;

import io.swagger.v3.oas.annotations.Operation;
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
    @Operation(summary = "What a problem type means and what to do about it", description = "Markdown.")
    ResponseEntity<String> page(
            @PathVariable String slug, @RequestHeader(name = "Accept", defaultValue = "*/*") String accept)
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
