package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xen.PoolUuid;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pause, resume, cancel, skip, retry, start times and maintenance windows through the API alone. */
@IntegrationTest
class JobControlHttpTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String JOBS = "/api/v1/update-jobs";
    private static final String WINDOWS = "/api/v1/maintenance-windows";
    private static final String UNKNOWN = "00000000-0000-4000-8000-0000000000ff";

    private final TestHttp service;
    private final JobStore store;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Simulator simulator;
    private String pool = "";
    private String update = "";

    JobControlHttpTests(@Autowired TestHttp service, @Autowired JobStore store) {
        this.service = service;
        this.store = store;
    }

    /** The whole matrix. What is allowed may fail for another reason: the jobs are rows without a pool behind them. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tables/job-control.csv", numLinesToSkip = 1, delimiter = ';')
    void isAllowedOrRefusedByTheState(
            UpdateJobState state, String pause, String resume, String skip, String cancel, String retry)
            throws Exception {
        Map<String, String> table = Map.of(
                "pause", pause, "resume", resume, "hosts/" + UNKNOWN + "/skip", skip, "cancel", cancel, "retry", retry);
        for (Map.Entry<String, String> control : table.entrySet()) {
            UUID job = jobIn(state);
            assertThat(read(send("GET", JOBS + "/" + job, null, null), 200)
                            .get("state")
                            .stringValue())
                    .isEqualTo(state.name());
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> answer = send("POST", JOBS + "/" + job + "/" + control.getKey(), "", null);

                boolean refused = answer.statusCode() == 409
                        && JSON.readTree(answer.body())
                                .get("type")
                                .stringValue()
                                .equals("/problems/invalid-state");
                assertThat(refused ? "no" : "yes")
                        .as("%s %s: %s", state, control.getKey(), answer.body())
                        .isEqualTo(control.getValue());
                if (refused) {
                    assertThat(JSON.readTree(answer.body()).get("state").stringValue())
                            .isEqualTo(state.name());
                }
            }
            if (!state.isTerminal()) {
                send("POST", JOBS + "/" + job + "/cancel", "", null);
            }
        }
    }

    @Test
    void pausesAndResumesAndSkipsAndRetries() throws Exception {
        start(3);
        JsonNode job = read(send("POST", JOBS, body(""), null), 202);
        String path = JOBS + "/" + job.get("id").stringValue();
        String last = simulator().pools().get(0).hosts().get(2).uuid();

        assertThat(read(send("POST", path + "/pause", "", null), 202)
                        .get("pools")
                        .get(0)
                        .get("pauseRequested")
                        .booleanValue())
                .isTrue();
        read(send("POST", path + "/hosts/" + last + "/skip", "", null), 202);
        JsonNode skipping = read(send("POST", path + "/hosts/" + last + "/skip", "", null), 202);
        assertThat(skipping.get("pools").get(0).get("skipRequested").get(0).stringValue())
                .isEqualTo(last);
        assertThat(send("POST", path + "/hosts/" + UNKNOWN + "/skip", "", null).statusCode())
                .isEqualTo(404);
        awaitState(path, "PAUSED");
        read(send("POST", path + "/resume", "", null), 202);
        JsonNode ended = awaitEnd(path);

        assertThat(ended.get("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(ended.get("summary").get("skipped").intValue()).isEqualTo(1);
        assertThat(ended.get("summary").get("complete").booleanValue()).isFalse();
        assertThat(applied()).hasSize(2).doesNotContain(last);

        HttpResponse<String> retried = send("POST", path + "/retry", "", null);
        JsonNode again = read(retried, 202);
        assertThat(again.get("retryOf")).isEqualTo(job.get("id"));
        assertThat(again.get("request")).isEqualTo(job.get("request"));
        String next = retried.headers().firstValue("Location").orElseThrow();
        assertThat(next).endsWith(again.get("id").stringValue());
        assertThat(read(send("POST", path + "/retry", "", null), 202).get("id")).isEqualTo(again.get("id"));
        assertThat(awaitEnd(next).get("summary").get("complete").booleanValue()).isTrue();
        assertThat(applied()).hasSize(3).contains(last);
    }

    @Test
    void waitsForAPoolThatIsBusyWhenItIsToldTo() throws Exception {
        start(1);
        JsonNode first = read(send("POST", JOBS, body(""), null), 202);
        read(send("POST", JOBS, body(""), null), 409);

        JsonNode second = read(send("POST", JOBS, body(",\"onBusy\":\"WAIT\""), null), 202);

        assertThat(second.get("state").stringValue()).isEqualTo("QUEUED");
        JsonNode ended = awaitEnd(JOBS + "/" + second.get("id").stringValue());
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        JsonNode holder = get(JOBS + "/" + first.get("id").stringValue());
        assertThat(Instant.parse(ended.get("startedAt").stringValue()))
                .isAfterOrEqualTo(Instant.parse(holder.get("finishedAt").stringValue()));
    }

    @Test
    void startsAtItsTimeAndOccupiesNothingBefore() throws Exception {
        start(1);
        Instant soon = Instant.now().plusSeconds(2);

        JsonNode later = read(send("POST", JOBS, body(",\"start\":{\"at\":\"" + soon + "\"}"), null), 202);

        assertThat(later.get("state").stringValue()).isEqualTo("SCHEDULED");
        assertThat(get(JOBS + "?state=SCHEDULED").get("items").get(0).get("id")).isEqualTo(later.get("id"));
        JsonNode ended = awaitEnd(JOBS + "/" + later.get("id").stringValue());
        assertThat(ended.get("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(Instant.parse(ended.get("startedAt").stringValue())).isBetween(soon, soon.plusSeconds(4));
    }

    @Test
    void refusesStartTimesThatMakeNoSense() throws Exception {
        start(1);
        assertPointer(body(",\"start\":{\"at\":\"2020-01-01T00:00:00Z\"}"), "/start/at");
        assertPointer(body(",\"start\":{\"at\":\"2200-01-01T00:00:00Z\"}"), "/start/at");
        assertPointer(body(",\"start\":{\"maintenanceWindowId\":\"" + UNKNOWN + "\"}"), "/start/maintenanceWindowId");
        String over = define(
                        "{\"name\":\"over\",\"recurrence\":\"FREQ=DAILY;COUNT=1\",\"startsAt\":\"2020-01-01T00:00:00\","
                                + "\"timeZone\":\"UTC\",\"duration\":\"PT1H\"}")
                .get("id")
                .stringValue();
        assertPointer(body(",\"start\":{\"maintenanceWindowId\":\"" + over + "\"}"), "/start/maintenanceWindowId");
    }

    @Test
    void worksInAMaintenanceWindow() throws Exception {
        start(2);
        LocalDateTime first = LocalDateTime.now(ZoneOffset.UTC).withNano(0).plusSeconds(3);
        JsonNode window = define("{\"name\":\"soon\",\"recurrence\":\"FREQ=DAILY\",\"startsAt\":\"" + first
                + "\",\"timeZone\":\"UTC\",\"duration\":\"PT2H\",\"latestStart\":\"PT1H\"}");
        String id = window.get("id").stringValue();

        JsonNode job = read(send("POST", JOBS, body(",\"start\":{\"maintenanceWindowId\":\"" + id + "\"}"), null), 202);

        assertThat(job.get("state").stringValue()).isEqualTo("SCHEDULED");
        assertThat(job.get("pools").get(0).get("notBefore").stringValue())
                .isEqualTo(window.get("openings").get(0).get("opensAt").stringValue());
        HttpResponse<String> inUse = send("DELETE", WINDOWS + "/" + id, null, "\"0\"");
        assertThat(read(inUse, 409).get("jobIds").get(0)).isEqualTo(job.get("id"));
        JsonNode ended = awaitEnd(JOBS + "/" + job.get("id").stringValue());
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.get("pools").get(0).get("closesAt").stringValue())
                .isEqualTo(window.get("openings").get(0).get("closesAt").stringValue());
        assertThat(send("DELETE", WINDOWS + "/" + id, null, "\"0\"").statusCode())
                .isEqualTo(204);
        assertThat(send("GET", WINDOWS + "/" + id, null, null).statusCode()).isEqualTo(404);
    }

    /** A job that waits follows its window. */
    @Test
    void followsAWindowThatIsChanged() throws Exception {
        start(1);
        JsonNode window = define("{\"name\":\"far\",\"recurrence\":\"FREQ=YEARLY\",\"startsAt\":\""
                + LocalDateTime.now(ZoneOffset.UTC).withNano(0).plusDays(300)
                + "\",\"timeZone\":\"UTC\",\"duration\":\"PT2H\"}");
        String path = WINDOWS + "/" + window.get("id").stringValue();
        JsonNode job = read(
                send("POST", JOBS, body(",\"start\":{\"maintenanceWindowId\":" + window.get("id") + "}"), null), 202);
        assertThat(job.get("state").stringValue()).isEqualTo("SCHEDULED");

        read(
                send(
                        "PATCH",
                        path,
                        "{\"startsAt\":\""
                                + LocalDateTime.now(ZoneOffset.UTC).withNano(0).minusMinutes(1) + "\"}",
                        "\"0\""),
                200);

        assertThat(awaitEnd(JOBS + "/" + job.get("id").stringValue())
                        .get("state")
                        .stringValue())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void definesChangesListsAndDeletesWindows() throws Exception {
        HttpResponse<String> made = send(
                "POST",
                WINDOWS,
                "{\"name\":\"Saturday night\",\"recurrence\":\"FREQ=WEEKLY;BYDAY=SA\",\"startsAt\":\"2026-12-05T22:00:00\","
                        + "\"timeZone\":\"Europe/Berlin\",\"duration\":\"PT6H\"}",
                null);
        JsonNode window = read(made, 201);
        String path = made.headers().firstValue("Location").orElseThrow();

        assertThat(made.headers().firstValue("ETag")).contains("\"0\"");
        assertThat(window.get("latestStart").stringValue()).isEqualTo("PT6H");
        assertThat(window.get("openings")).hasSize(5);
        assertThat(send("PATCH", path, "{\"duration\":\"PT8H\"}", null).statusCode())
                .isEqualTo(428);
        assertThat(send("PATCH", path, "{\"duration\":\"PT8H\"}", "\"7\"").statusCode())
                .isEqualTo(412);
        assertThat(send("PATCH", path, "{\"duration\":\"P8D\"}", "\"0\"").statusCode())
                .isEqualTo(422);
        JsonNode changed = read(send("PATCH", path, "{\"duration\":\"PT8H\",\"name\":\"Night\"}", "\"0\""), 200);
        assertThat(changed.get("latestStart").stringValue()).isEqualTo("PT8H");
        assertThat(changed.get("name").stringValue()).isEqualTo("Night");
        assertThat(get(path)).isEqualTo(changed);
        assertThat(get(WINDOWS + "?limit=200").get("items").valueStream().map(each -> each.get("id")))
                .contains(window.get("id"));
        assertThat(send("DELETE", path, null, null).statusCode()).isEqualTo(428);
        assertThat(send("DELETE", path, null, "\"1\"").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", path, null, "\"1\"").statusCode()).isEqualTo(404);
    }

    @Test
    void namesEverythingThatIsWrongWithAWindow() throws Exception {
        JsonNode problem = read(
                send(
                        "POST",
                        WINDOWS,
                        "{\"name\":\" \",\"recurrence\":\"FREQ=HOURLY\",\"timeZone\":\"Middle/Earth\",\"duration\":\"PT1M\"}",
                        null),
                422);

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").stringValue()))
                .containsExactlyInAnyOrder("/name", "/startsAt", "/timeZone", "/duration");
        assertThat(send("POST", WINDOWS, "{\"duration\":\"four hours\"}", null).statusCode())
                .isEqualTo(400);
        assertThat(send("POST", WINDOWS, "{}", null).statusCode()).isEqualTo(422);
    }

    private UUID jobIn(UpdateJobState state) {
        PoolUuid on = JobSamples.newPool();
        Instant far = Instant.now().plus(Duration.ofDays(9));
        if (state == UpdateJobState.QUEUED) {
            store.create(JobSamples.job(on), List.of());
        }
        NewJob job = JobSamples.starting(
                new StartTimes(state == UpdateJobState.SCHEDULED ? far : null, null),
                state == UpdateJobState.QUEUED,
                on);
        store.create(job, List.of());
        PoolUpdate begun = store.poolUpdatesOf(job.id()).get(0);
        switch (state) {
            case QUEUED, SCHEDULED, PRECHECKING -> {}
            case RUNNING -> to(begun, begun.in(PoolUpdateState.RUNNING));
            case PAUSED -> to(begun, begun.in(PoolUpdateState.RUNNING).in(PoolUpdateState.PAUSED));
            case CANCELLING -> to(begun, begun.in(PoolUpdateState.RUNNING).in(PoolUpdateState.CANCELLING));
            case SUCCEEDED, REJECTED, FAILED, CANCELLED ->
                to(begun, begun.ended(PoolUpdateState.valueOf(state.name()), null, Instant.now()));
            default -> throw new IllegalArgumentException("reserved");
        }
        return job.id().value();
    }

    private void to(PoolUpdate before, PoolUpdate after) {
        Lease lease = store.claim(before.world(), before.pool(), "test").orElseThrow();
        PoolUpdate now = before;
        if (after.state() == PoolUpdateState.PAUSED || after.state() == PoolUpdateState.CANCELLING) {
            now = before.in(PoolUpdateState.RUNNING);
            store.save(lease, before, now, List.of());
        }
        store.save(lease, now, after, List.of());
        store.release(lease);
    }

    private void start(int hosts) throws Exception {
        simulator = Simulator.start(
                Scenario.of(Scenario.pool("control-" + hosts + "-" + UUID.randomUUID())
                        .hosts(hosts)
                        .vmsEach(hosts > 1 ? 1 : 0)
                        .update("REBOOT")),
                SimulatorSettings.atSpeed(200));
        PoolDescription known = simulator().pools().get(0);
        pool = read(
                        send(
                                "POST",
                                "/api/v1/pools",
                                "{\"address\":\"" + known.address() + "\",\"username\":\"" + known.username()
                                        + "\",\"password\":\"" + known.password() + "\"}",
                                null),
                        201)
                .get("uuid")
                .stringValue();
        update = get("/api/v1/pools/" + pool + "/updates")
                .get("items")
                .get(0)
                .get("uuid")
                .stringValue();
    }

    private String body(String more) {
        return "{\"targets\":[{\"poolUuid\":\"" + pool + "\"}],\"update\":{\"uuid\":\"" + update + "\"}" + more + "}";
    }

    private void assertPointer(String body, String pointer) throws Exception {
        JsonNode problem = read(send("POST", JOBS, body, null), 422);
        assertThat(problem.get("errors").get(0).get("pointer").stringValue()).isEqualTo(pointer);
    }

    private JsonNode define(String window) throws Exception {
        return read(send("POST", WINDOWS, window, null), 201);
    }

    private JsonNode awaitEnd(String path) throws Exception {
        return get(path);
    }

    private void awaitState(String path, String state) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> read(send("GET", path, null, null, null), 200)
                        .get("state")
                        .stringValue()
                        .equals(state));
    }

    private List<String> applied() {
        return simulator().journal(simulator().pools().get(0).poolUuid()).stream()
                .filter(entry -> entry.action() == JournalAction.APPLY)
                .map(JournalEntry::hostUuid)
                .toList();
    }

    /** Waits for the end of what has one. */
    private JsonNode get(String path) throws Exception {
        String wait = path.startsWith(JOBS + "/") && !path.contains("/hosts") ? "wait=60" : null;
        return read(send("GET", path, null, null, wait), 200);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, @Nullable String ifMatch)
            throws Exception {
        return send(method, path, body, ifMatch, null);
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable String body, @Nullable String ifMatch, @Nullable String prefer)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.baseUrl() + path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (prefer != null) {
            request.header("Prefer", prefer);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode read(HttpResponse<String> response, int expected) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
        return JSON.readTree(response.body());
    }

    private Simulator simulator() {
        return java.util.Objects.requireNonNull(simulator);
    }

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }
}
