package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.caller.Caller;
import io.xenpatch.caller.Caller.Role;
import io.xenpatch.eventlog.Event;
import io.xenpatch.eventlog.EventFilter;
import io.xenpatch.eventlog.EventPages;
import io.xenpatch.http.PageRequest;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Who sees which jobs: the labels of the pools decide, not who started the job. */
@IntegrationTest
class JobScopeTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String UPDATE = "6d1a1a3c-0000-4000-8000-0000000000aa";
    private static final Caller EVERYTHING = Caller.localAdmin();

    private final TestHttp service;
    private final UpdateJobs jobs;
    private final JobControls controls;
    private final JobReading reading;
    private final EventPages events;
    private final Simulator simulator = Simulator.start(
            Scenario.of(
                    Scenario.pool("scope-a").hosts(1).update("LIVE", update -> update.uuid(UPDATE)),
                    Scenario.pool("scope-b").hosts(1).update("LIVE", update -> update.uuid(UPDATE))),
            SimulatorSettings.atSpeed(200));
    private String siteA = "";
    private String siteB = "";

    JobScopeTests(
            @Autowired TestHttp service,
            @Autowired UpdateJobs jobs,
            @Autowired JobControls controls,
            @Autowired JobReading reading,
            @Autowired EventPages events) {
        this.service = service;
        this.jobs = jobs;
        this.controls = controls;
        this.reading = reading;
        this.events = events;
    }

    @BeforeEach
    void register() throws Exception {
        siteA = register(simulator.pools().get(0), Map.of("site", "a", "tier", "gold"));
        siteB = register(simulator.pools().get(1), Map.of("site", "b", "tier", "gold"));
    }

    @Test
    void showsAJobToThoseWhoseScopeItsPoolsMeetAndToNobodyElse() throws Exception {
        UUID onA = start(scoped("site", "a"), siteA);
        UUID onB = start(EVERYTHING, siteB);
        await().atMost(Duration.ofSeconds(60)).until(() -> isOver(onA) && isOver(onB));
        UUID onBoth = start(EVERYTHING, siteA, siteB);
        await().atMost(Duration.ofSeconds(60)).until(() -> isOver(onBoth));

        assertThat(seenBy(EVERYTHING)).containsExactly(onBoth, onB, onA);
        assertThat(seenBy(scoped("tier", "gold"))).containsExactly(onBoth, onB, onA);
        assertThat(seenBy(scoped("site", "a"))).containsExactly(onA);
        assertThat(seenBy(scoped("site", "b"))).containsExactly(onB);
        assertThat(seenBy(scoped("site", "c"))).isEmpty();

        refuses(scoped("site", "b"), onA);
        refuses(scoped("site", "a"), onBoth);

        assertThat(typesFor(scoped("site", "a"), onA)).contains("update-job.accepted", "host-update.succeeded");
        assertThat(typesFor(scoped("site", "b"), onA)).isEmpty();
        assertThat(eventsFor(scoped("site", "a"), onBoth))
                .isNotEmpty()
                .allMatch(event -> UUID.fromString(siteA).equals(event.poolUuid()));
    }

    private void refuses(Caller caller, UUID job) {
        for (Runnable asking : List.<Runnable>of(
                () -> reading.get(caller, job),
                () -> reading.report(caller, job),
                () -> controls.cancel(caller, job),
                () -> controls.pause(caller, job),
                () -> controls.resume(caller, job),
                () -> controls.skip(caller, job, UUID.randomUUID()),
                () -> jobs.retry(caller, null, job))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(asking::run)
                    .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.UPDATE_JOB_NOT_FOUND));
        }
    }

    private static Caller scoped(String label, String value) {
        return new Caller("somebody", Role.OPERATOR, Map.of(label, value));
    }

    private UUID start(Caller caller, String... pools) {
        String targets = Arrays.stream(pools)
                .map(pool -> "{\"poolUuid\":\"" + pool + "\"}")
                .collect(Collectors.joining(","));
        String body = "{\"targets\":[" + targets + "],\"update\":{\"uuid\":\"" + UPDATE + "\"}}";
        return jobs.start(caller, null, JSON.readValue(body, UpdateJobRequest.class));
    }

    private boolean isOver(UUID job) {
        return reading.get(EVERYTHING, job).state().isTerminal();
    }

    private List<UUID> seenBy(Caller caller) {
        return reading
                .list(caller, new JobFilter(null, null, Map.of()), new PageRequest(50, Optional.empty()))
                .items()
                .stream()
                .map(UpdateJob::id)
                .toList();
    }

    private List<String> typesFor(Caller caller, UUID job) {
        return eventsFor(caller, job).stream().map(Event::type).toList();
    }

    private List<Event> eventsFor(Caller caller, UUID job) {
        return events.page(caller, EventFilter.ofJob(job), new PageRequest(200, Optional.empty()))
                .items();
    }

    private String register(PoolDescription pool, Map<String, String> labels) throws Exception {
        String body = JSON.writeValueAsString(Map.of(
                "address", pool.address(),
                "username", pool.username(),
                "password", pool.password(),
                "labels", labels));
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.baseUrl() + "/api/v1/pools"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return JSON.readTree(response.body()).get("uuid").stringValue();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }
}
