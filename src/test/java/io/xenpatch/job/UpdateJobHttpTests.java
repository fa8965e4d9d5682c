package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Update jobs through the API alone, on simulated pools and PostgreSQL. */
@IntegrationTest
class UpdateJobHttpTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SHARED = "a0000000-0000-4000-8000-000000000001";
    private static final String UNKNOWN = "00000000-0000-4000-8000-0000000000ff";

    private final TestHttp service;
    private final JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Simulator running;
    private final List<String> pools = new ArrayList<>();
    private String pool = "";

    UpdateJobHttpTests(@Autowired TestHttp service, @Autowired JdbcClient jdbc) {
        this.service = service;
        this.jdbc = jdbc;
    }

    @Test
    void livePatchesAPoolAndTellsThatNoActionIsRequired() throws Exception {
        start(Scenario.pool("http-live").hosts(3).vmsEach(1).update("LIVE"));

        JsonNode job = wait(post(body("LIVE", ""), null, 202));

        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(job.get("result").stringValue()).isEqualTo("NO_ACTION_REQUIRED");
        assertThat(job.get("summary").get("livePatched").intValue()).isEqualTo(3);
        assertThat(job.get("summary").get("complete").booleanValue()).isTrue();
        assertThat(actions()).doesNotContain(JournalAction.DISABLE, JournalAction.VM_MIGRATED);
        String path = "/api/v1/update-jobs/" + job.get("id").stringValue();
        JsonNode report = get(path + "/report", 200);
        assertThat(report.get("hosts")
                        .get(0)
                        .get("plannedDecision")
                        .get("livePatch")
                        .get("effective")
                        .booleanValue())
                .isTrue();
        assertThat(get(path + "/steps", 200).get("items")).isNotEmpty();
        assertThat(get(path + "/events", 200).get("items")).isNotEmpty();
        assertThat(get("/api/v1/update-jobs", 200).get("items")).isNotEmpty();
    }

    @Test
    void rebootsAPoolHostByHost() throws Exception {
        start(Scenario.pool("http-reboot").hosts(3).vmsEach(1).update("REBOOT"));

        JsonNode job = wait(post(body("REBOOT", ""), null, 202));

        assertThat(job.get("result").stringValue()).as(job.toString()).isEqualTo("COMPLETED");
        assertThat(job.get("summary").get("rebooted").intValue()).isEqualTo(3);
        assertThat(actions().stream().filter(JournalAction.REBOOT_FINISHED::equals))
                .hasSize(3);
    }

    @Test
    void answersTheSameIdempotentRequestWithTheSameJobAndRefusesASecondJob() throws Exception {
        start(Scenario.pool("http-twice").hosts(1).update("REBOOT").update("LIVE"));

        JsonNode first = post(body("REBOOT", ""), "key-1", 202);
        JsonNode again = post(body("REBOOT", ""), "key-1", 202);
        JsonNode busy = post(body("LIVE", ""), null, 409);

        assertThat(again.get("id")).isEqualTo(first.get("id"));
        assertThat(busy.get("type").stringValue()).isEqualTo("/problems/pool-busy");
        assertThat(busy.get("jobId")).isEqualTo(first.get("id"));
        assertThat(wait(first).get("state").stringValue()).isEqualTo("SUCCEEDED");
    }

    @Test
    void endsACancelledJobAtASafePoint() throws Exception {
        start(Scenario.pool("http-cancel").hosts(3).vmsEach(1).update("REBOOT"));

        JsonNode job = post(body("REBOOT", ""), null, 202);
        String path = "/api/v1/update-jobs/" + job.get("id").stringValue();
        send("POST", path + "/cancel", "", null, 202);
        send("POST", path + "/cancel", "", null, 202);

        assertThat(wait(job).get("state").stringValue()).isEqualTo("CANCELLED");
    }

    @Test
    void refusesWhatMakesNoSenseAndWritesNothing() throws Exception {
        start(Scenario.pool("http-bad").hosts(1).update("LIVE"));
        long before = jobs();

        assertThat(type(post(body("LIVE", "").replace(pool, UNKNOWN), null, 404)))
                .isEqualTo("/problems/pool-not-found");
        assertThat(type(post(bodyOf(UNKNOWN, ""), null, 404))).isEqualTo("/problems/update-not-found");
        assertThat(type(post("{\"targets\":[],\"update\":{\"uuid\":\"" + UNKNOWN + "\"}}", null, 422)))
                .isEqualTo("/problems/validation-failed");
        JsonNode both = post("{\"targets\":[],\"name\":\" \",\"update\":{\"uuid\":\"" + UNKNOWN + "\"}}", null, 422);
        assertThat(both.get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .as("one answer names everything")
                .contains("/name", "/targets");
        assertThat(type(post("{\"targets\":17}", null, 400))).isEqualTo("/problems/malformed-request");
        assertThat(type(post(body("LIVE", ",\"mode\":\"SOMEHOW\""), null, 400)))
                .isEqualTo("/problems/malformed-request");
        assertThat(type(post(body("LIVE", ",\"onForeignTask\":\"PROCEED\""), null, 422)))
                .isEqualTo("/problems/validation-failed");
        assertThat(type(post(body("LIVE", ",\"assessmentId\":\"" + UNKNOWN + "\""), null, 422)))
                .isEqualTo("/problems/conflicting-fields");
        assertThat(type(get("/api/v1/update-jobs/" + UNKNOWN, 404))).isEqualTo("/problems/update-job-not-found");

        assertThat(jobs()).isEqualTo(before);
        assertThat(actions()).isEmpty();
    }

    @Test
    void changesForTheTimeOfTheWorkWhatTheRequestAllowsAndTellsIt() throws Exception {
        start(Scenario.pool("http-fixes")
                .hosts(2)
                .vmsEach(1)
                .haEnabled()
                .haFailuresToTolerate(1)
                .vm("pinned", vm -> vm.localStorage())
                .update("REBOOT"));

        JsonNode refused = wait(post(body("REBOOT", ",\"fixes\":[\"ALL\"]"), null, 202));
        JsonNode job = wait(post(body("REBOOT", ",\"fixes\":[\"ALL\",\"SUSPEND_VM\"]"), null, 202));

        assertThat(refused.get("failure").get("code").stringValue()).isEqualTo("VM_ON_LOCAL_STORAGE");
        assertThat(refused.get("pools").get(0).get("fixes")).isEmpty();
        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(job.get("summary").get("complete").booleanValue()).isTrue();
        assertThat(job.get("pools").get(0).get("fixes").valueStream())
                .extracting(
                        fix -> fix.get("code").stringValue(),
                        fix -> fix.get("state").stringValue())
                .containsExactly(tuple("HA_OFF", "REVERTED"), tuple("SUSPEND_VM", "REVERTED"));
        assertThat(actions().stream().filter(JournalAction.HA_CHANGED::equals)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(type(post(body("REBOOT", ",\"fixes\":[\"ALL\",\"MAGIC\",null]"), null, 422)))
                .isEqualTo("/problems/validation-failed");
    }

    @Test
    void filtersJobsAndPagesThemAndRefusesWrongParameters() throws Exception {
        start(Scenario.pool("http-filter").hosts(2).update("LIVE"));
        JsonNode job = wait(post(body("LIVE", ",\"labels\":{\"change\":\"7\"},\"name\":\"filtered\""), null, 202));
        String jobs = "/api/v1/update-jobs";
        String path = jobs + "/" + job.get("id").stringValue();

        assertThat(get(jobs + "?label=change=7&state=SUCCEEDED&poolUuid=" + pool, 200)
                        .get("items"))
                .hasSize(1);
        assertThat(get(jobs + "?label=change=8", 200).get("items")).isEmpty();
        assertThat(get(jobs + "?label=change=7&state=RUNNING", 200).get("items"))
                .isEmpty();
        JsonNode first = get(path + "/hosts?limit=1", 200);
        JsonNode second =
                get(path + "/hosts?limit=1&cursor=" + first.get("nextCursor").stringValue(), 200);
        assertThat(second.get("items").get(0).get("hostUuid"))
                .isNotEqualTo(first.get("items").get(0).get("hostUuid"));
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(type(get(jobs + "?label=change", 400))).isEqualTo("/problems/malformed-request");
        assertThat(type(get(jobs + "?state=NONE", 400))).isEqualTo("/problems/malformed-request");
        assertThat(type(send("POST", path + "/cancel", "", null, 409))).isEqualTo("/problems/invalid-state");
        assertThat(type(send("POST", jobs + "/" + UNKNOWN + "/cancel", "", null, 404)))
                .isEqualTo("/problems/update-job-not-found");
        for (String part : List.of("/hosts", "/steps", "/events", "/report")) {
            assertThat(type(get(jobs + "/" + UNKNOWN + part, 404))).isEqualTo("/problems/update-job-not-found");
        }
    }

    @Test
    void updatesSeveralPoolsInOneJobAndTellsEachOfThem() throws Exception {
        start(several("http-east"), several("http-west"));

        JsonNode job = wait(post(bodyOf(SHARED, "", pools), null, 202));

        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(job.get("summary").get("livePatched").intValue()).isEqualTo(4);
        assertThat(job.get("pools"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.get("state").stringValue()).isEqualTo("SUCCEEDED"));
        for (String each : pools) {
            assertThat(get("/api/v1/update-jobs?poolUuid=" + each, 200).get("items"))
                    .hasSize(1);
        }
        assertThat(get("/api/v1/update-jobs/" + job.get("id").stringValue() + "/hosts", 200)
                        .get("items"))
                .hasSize(4);
    }

    @Test
    void startsNoFurtherPoolAfterOneHasFailed() throws Exception {
        start(several("http-first"), several("http-second"));
        simulator().inject(Fault.on(pool, FaultKind.APPLY_FAILS));

        JsonNode job = wait(post(bodyOf(SHARED, ",\"rollout\":{\"maxParallelPools\":1}", pools), null, 202));

        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("FAILED");
        assertThat(job.get("pools").get(0).get("state").stringValue()).isEqualTo("FAILED");
        assertThat(job.get("pools").get(1).get("state").stringValue()).isEqualTo("SKIPPED");
        assertThat(job.get("pools").get(1).get("failure").get("code").stringValue())
                .isEqualTo("EARLIER_FAILURE");
        assertThat(simulator().journal(pools.get(1))).isEmpty();
    }

    @Test
    void streamsTheEventsOfAJobFromWhereAReaderWas() throws Exception {
        start(Scenario.pool("http-stream").hosts(1).update("LIVE"));
        JsonNode job = wait(post(body("LIVE", ""), null, 202));
        String path = "/api/v1/update-jobs/" + job.get("id").stringValue() + "/events";
        List<String> ids = new ArrayList<>();
        get(path, 200)
                .get("items")
                .forEach(event -> ids.add(event.get("position").asString()));
        String seen = ids.get(ids.size() / 2);

        HttpResponse<Stream<String>> stream = http.send(
                HttpRequest.newBuilder(URI.create(service.baseUrl() + path))
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", seen)
                        .build(),
                HttpResponse.BodyHandlers.ofLines());

        try (Stream<String> lines = stream.body()) {
            assertThat(lines.filter(line -> line.startsWith("id:"))
                            .map(line -> line.substring("id:".length()).trim())
                            .limit(ids.size() - ids.indexOf(seen) - 1)
                            .toList())
                    .isEqualTo(ids.subList(ids.indexOf(seen) + 1, ids.size()));
        }
    }

    @Test
    void refusesHostsThatAreNotThePoolsAndReportsInFormsThatItDoesNotHave() throws Exception {
        start(Scenario.pool("http-hosts").hosts(1).update("LIVE"));
        String strange = body("LIVE", "").replace("\"poolUuid\"", "\"hostUuids\":[\"" + UNKNOWN + "\"],\"poolUuid\"");

        assertThat(type(post(strange, null, 404))).isEqualTo("/problems/host-not-found");

        JsonNode job = wait(post(body("LIVE", ""), null, 202));
        HttpResponse<String> image = http.send(
                HttpRequest.newBuilder(URI.create(service.baseUrl() + "/api/v1/update-jobs/"
                                + job.get("id").stringValue() + "/report"))
                        .header("Accept", "image/png")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(image.statusCode()).isEqualTo(406);
        assertThat(type(JSON.readTree(image.body()))).isEqualTo("/problems/not-acceptable");
    }

    private static PoolScenario several(String name) {
        return Scenario.pool(name).hosts(2).update("LIVE", update -> update.uuid(SHARED));
    }

    private void start(PoolScenario... scenarios) throws Exception {
        running = Simulator.start(Scenario.of(scenarios), SimulatorSettings.atSpeed(200));
        for (PoolDescription known : simulator().pools()) {
            pools.add(register(known));
        }
        pool = pools.get(0);
    }

    private String register(PoolDescription known) throws Exception {
        JsonNode registered = send(
                "POST",
                "/api/v1/pools",
                "{\"address\":\"" + known.address() + "\",\"username\":\"" + known.username() + "\",\"password\":\""
                        + known.password() + "\"}",
                null,
                201);
        return registered.get("uuid").stringValue();
    }

    private String body(String update, String more) throws Exception {
        for (JsonNode known : get("/api/v1/pools/" + pool + "/updates", 200).get("items")) {
            if (known.get("name").stringValue().equals(update)) {
                return bodyOf(known.get("uuid").stringValue(), more);
            }
        }
        throw new AssertionError("No update " + update);
    }

    private String bodyOf(String uuid, String more) {
        return bodyOf(uuid, more, List.of(pool));
    }

    private static String bodyOf(String uuid, String more, List<String> pools) {
        String targets =
                pools.stream().map(each -> "{\"poolUuid\":\"" + each + "\"}").collect(Collectors.joining(","));
        return "{\"targets\":[" + targets + "],\"update\":{\"uuid\":\"" + uuid + "\"}" + more + "}";
    }

    private JsonNode wait(JsonNode job) throws Exception {
        return get("/api/v1/update-jobs/" + job.get("id").stringValue(), 200);
    }

    private JsonNode post(String body, @Nullable String key, int expected) throws Exception {
        return send("POST", "/api/v1/update-jobs", body, key, expected);
    }

    private JsonNode get(String path, int expected) throws Exception {
        return send("GET", path, null, null, expected);
    }

    private JsonNode send(String method, String path, @Nullable String body, @Nullable String key, int expected)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.baseUrl() + path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Prefer", "wait=60")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
        return JSON.readTree(response.body());
    }

    private static String type(JsonNode problem) {
        return problem.get("type").stringValue();
    }

    private Simulator simulator() {
        return Objects.requireNonNull(running);
    }

    private long jobs() {
        return jdbc.sql("select count(*) from update_job").query(Long.class).single();
    }

    private List<JournalAction> actions() {
        return simulator().journal(simulator().pools().get(0).poolUuid()).stream()
                .map(JournalEntry::action)
                .toList();
    }

    @AfterEach
    void stop() {
        simulator().close();
    }
}
