package io.xenpatch.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class ProblemTest {

    @Autowired
    TestHttp http;

    @Test
    void answersAnUnknownPath() {
        http.client()
                .get()
                .uri("/api/v1/nothing-here")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-found")
                .jsonPath("$.title")
                .isEqualTo("There is nothing at this address")
                .jsonPath("$.status")
                .isEqualTo(404)
                .jsonPath("$.detail")
                .isNotEmpty()
                .jsonPath("$.instance")
                .isEqualTo("/api/v1/nothing-here");
    }

    @Test
    void namesTheMethodsThatAnAddressTakes() {
        http.client()
                .delete()
                .uri("/api/v1/audit-events")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/method-not-allowed");
    }

    @Test
    void refusesAFormThatItCannotGive() {
        http.client()
                .get()
                .uri("/api/v1/audit-events")
                .header("Accept", "application/pdf")
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-acceptable");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/audit-events?limit=0, limit",
        "/api/v1/audit-events?limit=many, limit",
        "/api/v1/audit-events?cursor=nonsense, cursor",
        "/api/v1/audit-events?from=yesterday, from",
        "/api/v1/events?jobId=1, jobId",
    })
    void pointsToTheParameterThatIsWrong(URI address, String parameter) {
        http.client()
                .get()
                .uri(http.baseUrl() + address)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/malformed-request")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(parameter);
    }

    @Test
    void answersWhatTomcatRefusesAsAProblem() throws IOException {
        try (var socket = new Socket("127.0.0.1", URI.create(http.baseUrl()).getPort())) {
            socket.getOutputStream()
                    .write("GET /a|b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "/problems/malformed-request")
                    .doesNotContain("Tomcat", "<html");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /a%2Fb HTTP/1.1, 400, malformed-request",
        "CONNECT /a%2Fb HTTP/1.1, 501, not-implemented",
        "GET /a%2Fb HTTP/9.9, 400, malformed-request",
    })
    void saysTheSameStatusInTheHeadAndInTheBodyOfWhatTomcatRefuses(String line, int status, String slug)
            throws IOException {
        try (var socket = new Socket("127.0.0.1", URI.create(http.baseUrl()).getPort())) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("\"type\":\"/problems/" + slug + "\"", "\"status\":" + status)
                    .contains("\"instance\":\"/a%2Fb\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void explainsEveryType(ProblemType type) throws IOException {
        var page = http.client()
                .get()
                .uri(type.type())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(page).startsWith("# " + type.title()).contains("HTTP status " + type.status(), "## What to do");
    }

    @Test
    void hasNoPageForAnUnknownType() {
        http.client()
                .get()
                .uri("/problems/unheard-of")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void describesTheApi() {
        http.client()
                .get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.info.title")
                .isEqualTo("Xenpatch")
                .jsonPath("$.servers[0].url")
                .isEqualTo("/")
                .jsonPath("$.components.schemas.Problem.properties.errors")
                .exists()
                .jsonPath("$.paths['/api/v1/audit-events'].get.responses.default")
                .exists()
                .jsonPath("$.paths['/api/v1/audit-events'].get.parameters[?(@.name=='limit')]")
                .isNotEmpty();
        http.client()
                .get()
                .uri("/swagger-ui/index.html")
                .exchange()
                .expectStatus()
                .isOk();
    }
}
