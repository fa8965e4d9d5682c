package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.ManualClock;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTaskRecord;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateUuid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** The questions about an update, asked of a simulated pool over the wire. */
@IntegrationTest
class QuestionsTest {
    private static final UpdateUuid UPDATE = UpdateUuid.of("5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21");
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @Autowired
    XapiConnections connections;

    @Autowired
    JsonMapper json;

    private @Nullable Simulator simulator;
    private @Nullable XapiPool pool;

    @AfterEach
    void stop() {
        if (pool != null) {
            pool.close();
        }
        if (simulator != null) {
            simulator.close();
        }
    }

    @Test
    void isAnsweredStepByStepAndSurvivesBeingKeptAsJson() {
        PoolSnapshot snapshot = start(
                Scenario.pool("six").hosts(6).vmsEach(1).update("REBOOT", u -> u.uuid(UPDATE.toString())), moving());

        Questions answered = ask(snapshot);

        assertThat(answered.answers().prechecks())
                .hasSize(6)
                .allSatisfy((host, answer) ->
                        assertThat(answer).isEqualTo(Map.of(UPDATE, Answer.of(LivePatchStatus.NONE))));
        assertThat(answered.answers().evacuationBlockers())
                .hasSize(6)
                .allSatisfy((host, answer) -> assertThat(answer).isEqualTo(Answer.of(Map.of())));
        assertThat(answered.answers().reachable())
                .hasSize(6)
                .allSatisfy((host, answer) -> assertThat(answer.orElse(false)).isTrue());
        assertThat(ourTasks()).as("tasks that are finished are forgotten").isEmpty();
    }

    @Test
    void leavesOutQuestionsWhoseAnswerDoesNotMatter() {
        PoolSnapshot snapshot = start(
                Scenario.pool("live")
                        .hosts(2)
                        .update("LIVE", u -> u.uuid(UPDATE.toString()).appliedOn(0)),
                moving());

        Questions answered = ask(snapshot);

        assertThat(answered.answers().prechecks())
                .containsOnlyKeys(snapshot.hosts().get(1).uuid());
        assertThat(answered.answers().evacuationBlockers()).isEmpty();
    }

    @Test
    void runsFourQuestionsAtOnce() {
        PoolSnapshot snapshot =
                start(Scenario.pool("bound").hosts(6).update("LIVE", u -> u.uuid(UPDATE.toString())), standing());

        Questions first =
                begin(snapshot).step(pool(), snapshot, PackageAsking.DEFAULTS, LatestImages.OF_THE_POOL, CLOCK);
        Questions second = first.step(pool(), snapshot, PackageAsking.DEFAULTS, LatestImages.OF_THE_POOL, CLOCK);

        assertThat(second.isComplete()).isFalse();
        assertThat(ourTasks()).hasSize(4);
    }

    @Test
    void countsAsNoAnswerAtTheDeadline() {
        PoolSnapshot snapshot =
                start(Scenario.pool("slow").hosts(2).update("LIVE", u -> u.uuid(UPDATE.toString())), standing());

        Questions late = begin(snapshot)
                .step(pool(), snapshot, PackageAsking.DEFAULTS, LatestImages.OF_THE_POOL, CLOCK)
                .step(
                        pool(),
                        snapshot,
                        PackageAsking.DEFAULTS,
                        LatestImages.OF_THE_POOL,
                        InstantSource.fixed(NOW.plus(Questions.LIMIT)));

        assertThat(late.isComplete()).isTrue();
        assertThat(late.answers().prechecks().values().stream().flatMap(each -> each.values().stream()))
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer).isEqualTo(Answer.failed("NO_ANSWER", List.of("not in time"))));
    }

    @Test
    void asksAgainWhenNobodyKnowsTheTaskAnyMore() {
        PoolSnapshot snapshot =
                start(Scenario.pool("lost").hosts(1).update("LIVE", u -> u.uuid(UPDATE.toString())), moving());
        running().inject(Fault.on(description().poolUuid(), FaultKind.TASK_LOST).forMethod("pool_update.precheck"));

        Questions answered = ask(snapshot);

        assertThat(answered.answers().livePatchOf(snapshot.coordinator(), UPDATE))
                .isEqualTo(Answer.of(LivePatchStatus.COMPLETE));
    }

    @Test
    void keepsTheServersErrorAsItIs() {
        PoolSnapshot snapshot = start(
                Scenario.pool("full")
                        .hosts(1)
                        .update(
                                "LIVE",
                                u -> u.uuid(UPDATE.toString())
                                        .precheckFailsOn(0, "UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", "LIVE", "1", "2")),
                moving());

        Questions answered = ask(snapshot);

        assertThat(answered.answers().livePatchOf(snapshot.coordinator(), UPDATE))
                .isEqualTo(Answer.failed("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", List.of("LIVE", "1", "2")));
    }

    private Questions ask(PoolSnapshot snapshot) {
        Questions[] current = {begin(snapshot)};
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Questions next = current[0].step(pool(), snapshot, PackageAsking.DEFAULTS, LatestImages.OF_THE_POOL, CLOCK);
            current[0] = json.readValue(json.writeValueAsString(next), Questions.class);
            assertThat(current[0]).isEqualTo(next);
            return next.isComplete();
        });
        return current[0];
    }

    private static Questions begin(PoolSnapshot snapshot) {
        return Questions.begin(
                snapshot,
                new UpdateChoice.Image(UPDATE),
                Set.of(),
                LatestImages.OF_THE_POOL,
                UpdatePolicy.defaults(),
                NOW);
    }

    private List<XapiTaskRecord> ourTasks() {
        return pool().tasks().all().stream()
                .filter(task -> task.name().contains("precheck") || task.name().contains("evacuation"))
                .toList();
    }

    private PoolSnapshot start(PoolScenario scenario, SimulatorSettings settings) {
        simulator = Simulator.start(Scenario.of(scenario), settings);
        String address = description().address();
        int colon = address.lastIndexOf(':');
        Endpoint endpoint =
                new Endpoint(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), true);
        pool = connections.open(new PoolAccess(
                endpoint,
                new Credentials(description().username(), description().password()),
                List.of(),
                description().tlsFingerprint()));
        return pool.pool().observe();
    }

    private static SimulatorSettings moving() {
        return SimulatorSettings.atSpeed(200);
    }

    private static SimulatorSettings standing() {
        return SimulatorSettings.manual(new ManualClock(NOW));
    }

    private PoolDescription description() {
        return running().pools().get(0);
    }

    private Simulator running() {
        return Objects.requireNonNull(simulator);
    }

    private XapiPool pool() {
        return Objects.requireNonNull(pool);
    }
}
