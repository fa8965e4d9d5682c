package io.xenpatch.http;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class FrontDoorTest {
    private final TestHttp http;

    FrontDoorTest(@Autowired TestHttp http) {
        this.http = http;
    }

    @Test
    void leadsABrowserToTheDescriptionOfTheApi() {
        http.client()
                .get()
                .uri("/")
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .exchange()
                .expectStatus()
                .isFound()
                .expectHeader()
                .location("/swagger-ui.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/problem+json"})
    void tellsAProgramThatThereIsNothing(String accept) {
        http.client()
                .get()
                .uri("/")
                .header("Accept", accept)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-found")
                .jsonPath("$.instance")
                .isEqualTo("/");
    }
}
