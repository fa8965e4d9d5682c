package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.caller.Caller;
import io.xenpatch.pool.NewPool;
import io.xenpatch.pool.PoolRegistration;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

/** Assessments over HTTP, of simulated pools. */
@IntegrationTest
class AssessmentTest {
    private static final String UPDATE = "5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21";
    private static final String OTHER = "5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c22";

    @Autowired
    TestHttp http;

    @Autowired
    PoolRegistration registration;

    private @Nullable Simulator simulator;

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    @Test
    void aCompleteLivePatchNeedsNoActionAndSaysWhy() {
        PoolDescription pool =
                start(Scenario.pool("complete").hosts(3).vmsEach(2).update("LIVE", u -> u.uuid(UPDATE)));

        Answer answer = assess(pool, Map.of());

        answer.is(201);
        assertThat(answer.text("$.state")).isEqualTo("COMPLETED");
        assertThat(answer.text("$.outcome")).isEqualTo("NO_ACTION_REQUIRED");
        assertThat(answer.list("$.pools[0].hosts[*].livePatch.status"))
                .containsExactly("COMPLETE", "COMPLETE", "COMPLETE");
        assertThat(answer.list("$.pools[0].hosts[*].reasons[*].code"))
                .containsOnly("LIVE_PATCH_COMPLETE")
                .hasSize(3);
        assertThat(answer.list("$.pools[0].hosts[*].tasks[*]")).isEmpty();
        assertThat(answer.list("$.pools[0].hosts[0].inputs.guests[*]")).hasSize(2);
        assertThat(answer.list("$.pools[0].steps[*].type")).containsOnly("APPLY_UPDATE", "VERIFY");
        assertThat(answer.list("$.pools[0].waves[0][*]"))
                .containsExactly(pool.hosts().get(0).uuid());
        assertThat(answer.list("$.prechecks[*].code")).contains("LIVE_PATCH_EFFECTIVE", "NO_ROLLBACK");
        assertThat(answer.text("$.estimate.duration")).startsWith("PT");
        nothingWasChanged(pool);
    }

    @Test
    void aDisabledSwitchMeansARebootWithItsReason() {
        PoolDescription pool = start(Scenario.pool("disabled")
                .hosts(3)
                .vmsEach(1)
                .livePatchingDisabled()
                .update("LIVE", u -> u.uuid(UPDATE)));

        Answer answer = assess(pool, Map.of());

        assertThat(answer.text("$.outcome")).isEqualTo("ACTION_REQUIRED");
        assertThat(answer.list("$.pools[0].hosts[*].tasks[*]"))
                .containsOnly("REBOOT_HOST")
                .hasSize(3);
        assertThat(answer.list("$.pools[0].hosts[*].reasons[*].code")).containsOnly("LIVE_PATCHING_DISABLED");
        assertThat(answer.list("$.prechecks[*].code")).contains("LIVE_PATCHING_DISABLED", "EVACUABLE");
        assertThat(answer.list("$.pools[0].steps[*].type")).contains("EVACUATE", "REBOOT", "RESTORE_VMS");
        nothingWasChanged(pool);
    }

    @Test
    void aStandaloneHostWithGuestsCantReboot() {
        PoolDescription pool =
                start(Scenario.pool("alone").standalone().vmsEach(2).update("REBOOT", u -> u.uuid(UPDATE)));

        Answer answer = assess(pool, Map.of());

        assertThat(answer.text("$.outcome")).isEqualTo("BLOCKED");
        assertThat(answer.blocking()).containsExactly("NO_EVACUATION_TARGET");
    }

    @Test
    void highAvailabilityBlocksWhatRestarts() {
        PoolDescription pool = start(Scenario.pool("ha").hosts(2).haEnabled().update("TOOLSTACK", u -> u.uuid(UPDATE)));

        Answer answer = assess(pool, Map.of());

        assertThat(answer.blocking()).containsExactly("HA_ENABLED");
        assertThat(answer.list("$.prechecks[?(@.code=='HA_ENABLED')].fix.code")).containsExactly("HA_OFF");
    }

    @Test
    void aHostThatRefusesTheUpdateBlocksOrIsLeftOut() {
        PoolDescription pool = start(Scenario.pool("refusing")
                .hosts(3)
                .update(
                        "LIVE",
                        u -> u.uuid(UPDATE)
                                .precheckFailsOn(
                                        2, "UPDATE_PRECHECK_FAILED_PREREQUISITE_MISSING", "LIVE", "XS82E010")));

        Answer rejected = assess(pool, Map.of());
        Answer skipped = assess(pool, Map.of("onBlocker", "SKIP_HOST"));

        assertThat(rejected.blocking()).containsExactly("PREREQUISITE_UPDATE_MISSING");
        assertThat(skipped.text("$.outcome")).isEqualTo("NO_ACTION_REQUIRED");
        assertThat(skipped.list("$.pools[0].skippedHosts[*]"))
                .containsExactly(pool.hosts().get(2).uuid());
    }

    @Test
    void namesTheGuestThatCantLeave() {
        PoolDescription pool = start(Scenario.pool("pinned")
                .hosts(2)
                .vm("database", vm -> vm.host(1).localStorage())
                .update("REBOOT", u -> u.uuid(UPDATE)));

        Answer answer = assess(pool, Map.of());

        assertThat(answer.blocking()).containsExactly("VM_ON_LOCAL_STORAGE");
        assertThat(answer.list("$.prechecks[?(@.code=='VM_ON_LOCAL_STORAGE')].title")
                        .get(0))
                .contains("database");
    }

    @Test
    void tellsADiscFromADisk() {
        PoolDescription pool = start(Scenario.pool("disc")
                .hosts(2)
                .vm("installing", vm -> vm.host(1).cdInserted())
                .update("REBOOT", u -> u.uuid(UPDATE)));

        Answer answer = assess(pool, Map.of());

        assertThat(answer.blocking()).containsExactly("VM_DISC_INSERTED");
        assertThat(answer.list("$.prechecks[?(@.code=='VM_DISC_INSERTED')].fix.code"))
                .containsExactly("EJECT_CD");
    }

    @Test
    void aHostThatDoesNotAnswerIsNamed() {
        PoolDescription pool = start(Scenario.pool("dead").hosts(3).update("LIVE", u -> u.uuid(UPDATE)));
        running()
                .inject(Fault.on(pool.poolUuid(), FaultKind.HOST_DIES)
                        .onHost(pool.hosts().get(2).uuid()));

        Answer answer = assess(pool, Map.of());

        assertThat(answer.blocking()).containsExactly("HOST_NOT_LIVE");
        assertThat(answer.list("$.prechecks[?(@.code=='HOST_NOT_LIVE')].hostUuid"))
                .containsExactly(pool.hosts().get(2).uuid());
    }

    @Test
    void aPoolThatCantBeReadIsBlockedAndTheOthersAreAssessed() {
        PoolDescription gone = start(Scenario.pool("gone").update("LIVE", u -> u.uuid(UPDATE)));
        running().close();
        simulator = null;
        PoolDescription there = start(Scenario.pool("there").update("LIVE", u -> u.uuid(UPDATE)));

        Answer answer = post(Map.of(
                "targets",
                List.of(Map.of("poolUuid", gone.poolUuid()), Map.of("poolUuid", there.poolUuid())),
                "update",
                Map.of("uuid", UPDATE)));

        answer.is(201);
        assertThat(answer.text("$.outcome")).isEqualTo("BLOCKED");
        assertThat(answer.blocking()).containsExactly("POOL_UNREACHABLE");
        assertThat(answer.list("$.pools[*].outcome")).containsExactly("BLOCKED", "NO_ACTION_REQUIRED");
    }

    @Test
    void saysWhenEverythingIsInstalled() {
        PoolDescription pool = start(Scenario.pool("current")
                .hosts(2)
                .update("LIVE", u -> u.uuid(UPDATE).appliedOn(0, 1)));

        Answer answer = assess(pool, Map.of());

        assertThat(answer.text("$.outcome")).isEqualTo("UP_TO_DATE");
        assertThat(answer.list("$.pools[0].steps[*]")).isEmpty();
    }

    @Test
    void wantsTheCoordinatorAmongTheTargets() {
        PoolDescription pool = start(Scenario.pool("members").hosts(2).update("LIVE", u -> u.uuid(UPDATE)));

        Answer answer = post(Map.of(
                "targets",
                List.of(Map.of(
                        "poolUuid",
                        pool.poolUuid(),
                        "hostUuids",
                        List.of(pool.hosts().get(1).uuid()))),
                "update",
                Map.of("uuid", UPDATE)));

        assertThat(answer.blocking()).containsExactly("COORDINATOR_NOT_INCLUDED");
    }

    @Test
    void readsAsSentencesWhereMarkdownIsAskedFor() {
        PoolDescription pool = start(Scenario.pool("told").hosts(2).update("LIVE", u -> u.uuid(UPDATE)));
        String address = "/api/v1/assessments/" + assess(pool, Map.of()).text("$.id");

        var told = http.client()
                .get()
                .uri(address)
                .header("Accept", "text/markdown")
                .exchange()
                .returnResult(String.class);

        assertThat(told.getStatus().value()).isEqualTo(200);
        assertThat(Objects.toString(told.getResponseHeaders().getContentType())).startsWith("text/markdown");
        assertThat(told.getResponseBody())
                .startsWith("# Assessment: no action required")
                .contains("## Pool told");
        assertThat(http.client()
                        .get()
                        .uri("/api/v1/assessments/" + UUID.randomUUID())
                        .header("Accept", "text/markdown")
                        .exchange()
                        .returnResult(String.class)
                        .getStatus()
                        .value())
                .isEqualTo(404);
        for (String anything : List.of("*/*", "text/html, */*;q=0.8", "application/json")) {
            var json = http.client()
                    .get()
                    .uri(address)
                    .header("Accept", anything)
                    .exchange()
                    .returnResult(String.class);
            assertThat(Objects.toString(json.getResponseHeaders().getContentType()))
                    .as(anything)
                    .startsWith("application/json");
        }
    }

    @Test
    void answersAtOnceWhenNoWaitIsWantedAndIsFoundLater() {
        PoolDescription pool = start(Scenario.pool("later").hosts(2).update("LIVE", u -> u.uuid(UPDATE)));

        Answer begun = post(request(pool, Map.of()), "wait=0");
        String id = begun.text("$.id");

        begun.is(201);
        assertThat(begun.text("$.state")).isEqualTo("RUNNING");
        assertThat(begun.location()).isEqualTo("/api/v1/assessments/" + id);
        assertThat(get("/api/v1/assessments/" + id).text("$.outcome")).isEqualTo("NO_ACTION_REQUIRED");
        assertThat(get("/api/v1/assessments?limit=1").list("$.items[*].id")).containsExactly(id);
    }

    @Test
    void pagesThroughTheList() {
        PoolDescription pool = start(Scenario.pool("list").update("LIVE", u -> u.uuid(UPDATE)));
        String first = post(request(pool, Map.of()), "wait=0").text("$.id");
        String second = post(request(pool, Map.of()), "wait=0").text("$.id");

        Answer page = get("/api/v1/assessments?limit=1");
        Answer next = get("/api/v1/assessments?limit=1&cursor=" + page.text("$.nextCursor"));

        assertThat(page.list("$.items[*].id")).containsExactly(second);
        assertThat(next.list("$.items[*].id")).containsExactly(first);
    }

    @Test
    void refusesWhatMakesNoSense() {
        PoolDescription pool = start(Scenario.pool("sense").hosts(2).update("LIVE", u -> u.uuid(UPDATE)));
        Map<String, Object> target = Map.of("poolUuid", pool.poolUuid());
        Map<String, String> update = Map.of("uuid", UPDATE);

        post(Map.of("targets", List.of(), "update", update)).refused(422, "validation-failed", "/targets");
        post(Map.of("update", update)).refused(422, "validation-failed", "/targets");
        post(Map.of("targets", List.of(target))).refused(422, "validation-failed", "/update");
        post(Map.of("targets", List.of(target, target), "update", update))
                .refused(422, "validation-failed", "/targets/1/poolUuid");
        post(Map.of("targets", List.of(target), "update", Map.of())).refused(422, "validation-failed", "/update");
        post(Map.of("targets", List.of(target), "update", Map.of("latest", false)))
                .refused(422, "validation-failed", "/update");
        post(Map.of("targets", List.of(target), "update", Map.of("hash", "no hash!")))
                .refused(422, "validation-failed", "/update/hash");
        post(Map.of("targets", List.of(target), "update", Map.of("latest", true, "uuid", UPDATE)))
                .refused(422, "conflicting-fields", "/update");
        post(Map.of("targets", List.of(target), "update", update, "fixes", List.of("ALL", "REPAIR_IT")))
                .refused(422, "validation-failed", "/fixes/1");
        post(Map.of("targets", List.of(target), "update", update, "fixes", List.of("ALL", "HA_OFF", "ALL")))
                .refused(422, "validation-failed", "/fixes/2");
        post(Map.of("targets", List.of(target), "update", update, "acknowledge", List.of("HA_ENABLED")))
                .refused(422, "validation-failed", "/acknowledge/0");
        post(request(pool, Map.of("livePatching", "REQUIRE", "onLivePatchFailure", "REBOOT")))
                .refused(422, "conflicting-fields", "/onLivePatchFailure");
        post(Map.of("targets", List.of(target), "update", Map.of("uuid", OTHER)))
                .refused(404, "update-not-found", null);
        post(Map.of("targets", List.of(Map.of("poolUuid", UUID.randomUUID())), "update", update))
                .refused(404, "pool-not-found", null);
        post(Map.of(
                        "targets",
                        List.of(Map.of("poolUuid", pool.poolUuid(), "hostUuids", List.of(UUID.randomUUID()))),
                        "update",
                        update))
                .refused(404, "host-not-found", null);
        get("/api/v1/assessments/" + UUID.randomUUID()).refused(404, "assessment-not-found", null);
    }

    @Test
    void refusesAHostOfAnotherPool() {
        PoolDescription one = start(Scenario.pool("one").hosts(2).update("LIVE", u -> u.uuid(UPDATE)));
        Simulator first = running();
        PoolDescription two = start(Scenario.pool("two").update("LIVE", u -> u.uuid(UPDATE)));

        post(Map.of(
                        "targets",
                        List.of(Map.of(
                                "poolUuid",
                                one.poolUuid(),
                                "hostUuids",
                                List.of(two.hosts().get(0).uuid()))),
                        "update",
                        Map.of("uuid", UPDATE)))
                .refused(422, "validation-failed", "/targets/0/hostUuids/0");
        first.close();
    }

    private void nothingWasChanged(PoolDescription pool) {
        assertThat(running().journal(pool.poolUuid()))
                .extracting(JournalEntry::action)
                .containsOnly(JournalAction.PRECHECK);
    }

    private PoolDescription start(PoolScenario scenario) {
        simulator = Simulator.start(Scenario.of(scenario), SimulatorSettings.atSpeed(100));
        PoolDescription pool = simulator.pools().get(0);
        register(pool);
        return pool;
    }

    private void register(PoolDescription pool) {
        registration.register(
                Caller.localAdmin(),
                new NewPool(pool.address(), pool.username(), pool.password(), pool.tlsFingerprint(), Map.of()));
    }

    private Simulator running() {
        return Objects.requireNonNull(simulator);
    }

    private static Map<String, Object> request(PoolDescription pool, Map<String, Object> more) {
        Map<String, Object> request = new java.util.HashMap<>(more);
        request.put("targets", List.of(Map.of("poolUuid", pool.poolUuid())));
        request.put("update", Map.of("uuid", UPDATE));
        return request;
    }

    private Answer assess(PoolDescription pool, Map<String, Object> more) {
        return post(request(pool, more));
    }

    private Answer post(Object body) {
        return post(body, "wait=60");
    }

    private Answer post(Object body, String prefer) {
        var result = http.client()
                .post()
                .uri("/api/v1/assessments")
                .header("Prefer", prefer)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .returnResult(String.class);
        return new Answer(
                result.getStatus().value(),
                Objects.toString(result.getResponseHeaders().getFirst("Location"), ""),
                Objects.toString(result.getResponseBody(), ""));
    }

    private Answer get(String uri) {
        var result = http.client().get().uri(uri).exchange().returnResult(String.class);
        return new Answer(result.getStatus().value(), "", Objects.toString(result.getResponseBody(), ""));
    }

    private record Answer(int status, String location, String body) {

        void is(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
        }

        void refused(int expected, String slug, @Nullable String pointer) {
            is(expected);
            assertThat(text("$.type")).endsWith("/problems/" + slug);
            if (pointer != null) {
                assertThat(list("$.errors[*].pointer")).contains(pointer);
            }
        }

        String text(String path) {
            return Objects.toString(JsonPath.<@Nullable Object>read(body, path), "");
        }

        List<String> list(String path) {
            return JsonPath.<List<Object>>read(body, path).stream()
                    .map(String::valueOf)
                    .toList();
        }

        List<String> blocking() {
            return list("$.prechecks[?(@.severity=='BLOCKING')].code");
        }
    }
}
