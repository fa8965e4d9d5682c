package io.xenpatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IntegrationTest
@Timeout(60)
class StrictRequestsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String JOBS = "/api/v1/update-jobs";
    private static final int TOO_LARGE = BodyLimit.MOST + 1;

    @Autowired
    TestHttp http;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mode\":0}                               | /mode",
                "{\"mode\":\"0\"}                           | /mode",
                "{\"leaveDisabled\":1}                      | /leaveDisabled",
                "{\"leaveDisabled\":\"true\"}               | /leaveDisabled",
                "{\"rollout\":{\"maxParallelPools\":1.9}}   | /rollout/maxParallelPools",
                "{\"rollout\":{\"maxParallelPools\":\"2\"}} | /rollout/maxParallelPools",
                "{\"rollout\":{\"maxFailures\":1000000000000}} | /rollout/maxFailures",
                "{\"name\":7}                               | /name",
                "{\"labels\":{\"change\":7}}                | /labels/change",
            })
    void takesNoValueForAnother(String body, String pointer) throws Exception {
        var problem = refused(post(JOBS, BodyPublishers.ofString(body), "*/*"), 400, "malformed-request");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\\u0000b\"}",
                "{\"reason\":\"half a pair: \\ud83d\"}",
                "{\"labels\":{\"change\":\"\\u0000\"}}",
                "{\"labels\":{\"\\u0000\":\"7\"}}",
            })
    void refusesATextThatCannotBeKept(String body) throws Exception {
        var problem = refused(post(JOBS, BodyPublishers.ofString(body), "*/*"), 400, "malformed-request");

        assertThat(problem.path("detail").asString()).contains("must be a text without the character U+0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/audit-events?actor=%00",
                "/api/v1/audit-events?actor=%F0%9F",
                "/api/v1/pools?label=env=%00",
                "/api/v1/pools?label=env=%ff",
                "/api/v1/pools?cursor=YQAfYg",
                "/api/v1/update-jobs?cursor=%ff",
            })
    void refusesAQueryThatCannotBeKept(String address) throws Exception {
        refused(get(address, "application/json"), 400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=-999999999-01-01T00:00:00Z", "to=%2B999999999-12-31T00:00:00Z"})
    void findsChangesWithinAnyTime(String query) throws Exception {
        assertThat(get("/api/v1/audit-events?" + query, "application/json").statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        var body = BodyPublishers.ofString("{\"name\":\"" + "a".repeat(TOO_LARGE) + "\"}");

        refused(post(JOBS, body, "*/*"), 413, "payload-too-large");
    }

    @Test
    void refusesABodyWhoseLengthIsNotToldWhenItBecomesTooLarge() throws Exception {
        var body = ("{\"name\":\"" + "a".repeat(TOO_LARGE) + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8);

        refused(post(JOBS, streamed(() -> new ByteArrayInputStream(body)), "*/*"), 413, "payload-too-large");
    }

    @Test
    void namesOnlySoManyErrors() throws Exception {
        var targets = "{\"poolUuid\":\"00000000-0000-4000-8000-000000000000\"},".repeat(500);
        var body = "{\"targets\":[" + targets + "{}],\"update\":{\"uuid\":\"00000000-0000-4000-8000-000000000000\"}}";

        var problem = refused(post(JOBS, BodyPublishers.ofString(body), "*/*"), 422, "validation-failed");

        assertThat(problem.path("errors")).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/html", "nonsense", "application/json;q=0"})
    void changesNothingForACallerWhoWillNotTakeTheAnswer(String accept) throws Exception {
        long before = assessments();

        refused(post("/api/v1/assessments", BodyPublishers.ofString("{}"), accept), 406, "not-acceptable");

        assertThat(assessments()).isEqualTo(before);
    }

    @Test
    void answersAnUnreadableAcceptHeaderAtTheFrontDoor() throws Exception {
        refused(get("/", "nonsense"), 406, "not-acceptable");
    }

    private static BodyPublisher streamed(java.util.function.Supplier<? extends InputStream> body) {
        return BodyPublishers.ofInputStream(body);
    }

    private HttpResponse<String> get(String address, String accept) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(http.baseUrl() + address))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String address, BodyPublisher body, String accept)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(http.baseUrl() + address))
                        .header("Accept", accept)
                        .header("Content-Type", "application/json")
                        .POST(body)
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode refused(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + slug);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }

    private long assessments() {
        return jdbc.sql("select count(*) from assessment").query(Long.class).single();
    }
}
