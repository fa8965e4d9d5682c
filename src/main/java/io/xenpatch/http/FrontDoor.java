package io.xenpatch.http;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** {@code GET /}: a person with a browser is led to the description of the API, anybody else learns that there is nothing. */
@Hidden
@RestController
class FrontDoor {
    private static final URI DESCRIPTION = URI.create("/swagger-ui.html");

    // not "produces = text/html": that would answer a program with 406 in place of 404
    @GetMapping("/")
    ResponseEntity<Void> enter(@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept)
            throws NoResourceFoundException {
        if (Accept.of(accept).names(MediaType.TEXT_HTML)) {
            return ResponseEntity.status(HttpStatus.FOUND).location(DESCRIPTION).build();
        }
        throw new NoResourceFoundException(HttpMethod.GET, "/", "");
    }
}
