package io.xenpatch.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.HostScenario;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.model.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code POST} and {@code GET /pools/{poolUuid}/updates/sync}. */
class SynchronisationTests extends UploadTest {

    @Test
    void letsThePoolFetchWhatItsRepositoryHas() {
        start(pool(2));

        assertThat(post()).isEqualTo("202");
        var ended = ended();

        assertThat(ended.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("hash").asString())
                .isEqualTo(connection()
                        .pool()
                        .observe()
                        .repositories()
                        .source()
                        .orElseThrow()
                        .hash());
        assertThat(actions()).containsExactly(JournalAction.UPDATES_SYNCED);
        assertThat(told()).containsExactly("pool.synchronisation-started", "pool.synchronised");
    }

    @Test
    void namesTheOneThatRunsInsteadOfASecond() {
        start(pool(1));
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.TASK_STUCK).forMethod("Async.pool.sync_updates"));
        assertThat(post()).isEqualTo("202");
        var first = last().path("id").asString();

        assertThat(post()).isEqualTo("202");

        assertThat(last().path("id").asString()).isEqualTo(first);
        assertThat(last().path("state").asString()).isEqualTo("RUNNING");
    }

    /** xapi.md §13, trap 11. */
    @Test
    void failsInTheServersWordsWhenAHostDoesNotAnswer() {
        start(pool(2).host(1, HostScenario::unreachable));

        post();

        assertThat(ended().path("state").asString()).isEqualTo("FAILED");
        assertThat(last().path("failure").asString()).startsWith("GET_HOST_UPDATES_FAILED");
        assertThat(told()).containsExactly("pool.synchronisation-started", "pool.synchronisation-failed");
    }

    @Test
    void asksAgainWhenTheAnswerIsLost() {
        start(pool(1));
        simulator()
                .inject(Fault.on(pool().poolUuid(), FaultKind.CONNECTION_RESET).forMethod("Async.pool.sync_updates"));

        post();

        assertThat(ended().path("state").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void saysSoWhenThePoolKnowsNoRepositories() {
        start(Scenario.pool("images"));

        post();

        assertThat(ended().path("failure").asString()).startsWith("MESSAGE_METHOD_UNKNOWN");
    }

    @Test
    void knowsNothingOfAPoolThatWasNeverSynchronisedHere() {
        start(pool(1));

        http().client()
                .get()
                .uri("/api/v1/pools/" + uuid() + "/updates/sync")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private String post() {
        var status = http().client()
                .post()
                .uri("/api/v1/pools/" + uuid() + "/updates/sync")
                .exchange()
                .expectHeader()
                .location("/api/v1/pools/" + uuid() + "/updates/sync")
                .returnResult(String.class)
                .getStatus();
        return String.valueOf(status.value());
    }

    private List<String> told() {
        return jdbc().sql("select type from event where type like 'pool.synchron%' and pool_uuid = :pool order by id")
                .param("pool", uuid().value())
                .query(String.class)
                .list();
    }

    private JsonNode last() {
        return get("/api/v1/pools/" + uuid() + "/updates/sync");
    }

    private JsonNode ended() {
        await().atMost(PATIENCE).until(() -> !last().path("state").asString().equals("RUNNING"));
        return last();
    }

    private static PoolScenario pool(int hosts) {
        return Scenario.pool("lab")
                .profile(Profile.XENSERVER_8)
                .hosts(hosts)
                .repository(
                        "main",
                        repository -> repository
                                .everyHost(host -> host.installed("xsconsole-11.0.5-1.xs8.x86_64"))
                                .update("UPDATE-1", update -> update.packages("xsconsole-11.0.6-1.xs8.x86_64")));
    }
}
