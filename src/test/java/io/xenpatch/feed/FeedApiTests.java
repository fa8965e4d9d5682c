package io.xenpatch.feed;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class FeedApiTests {
    private final TestHttp http;

    FeedApiTests(@Autowired TestHttp http) {
        this.http = http;
    }

    @Test
    void saysThatNoFeedIsConfigured() {
        http.client()
                .get()
                .uri("/api/v1/feed")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("NOT_CONFIGURED")
                .jsonPath("$.location")
                .isEmpty()
                .jsonPath("$.updates")
                .isEqualTo(0)
                .jsonPath("$.failure")
                .isEmpty();
    }
}
