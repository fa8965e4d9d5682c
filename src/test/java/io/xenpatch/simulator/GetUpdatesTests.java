package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.model.Role;
import io.xenpatch.simulator.repository.Inequality;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /updates}. */
class GetUpdatesTests extends RepositoryTest {
    private static final String NO_GUIDANCE = "{\"mandatory\":[],\"recommended\":[],\"full\":[]}";

    @Test
    void tellsOfEachHostWhatItLacksAndOfEachUpdateWhatItIs() {
        start(pool(UpdateSet.LIVE));

        var document = updates();

        assertThat(document.propertyNames()).containsExactly("hosts", "updates", "hash");
        assertThat(document.get("hash").stringValue()).isEqualTo(hash());
        assertThat(document.get("hosts").size()).isEqualTo(3);
        var host = updatesOf(1);
        assertThat(host.propertyNames()).containsExactlyInAnyOrder("ref", "guidance", "RPMS", "updates", "livepatches");
        assertThat(words(host.get("RPMS")))
                .containsExactlyInAnyOrder(
                        "xen-hypervisor-4.17.3-3.11.xs8.x86_64.rpm", "kernel-4.19.0-8.0.2.xs8.x86_64.rpm");
        assertThat(words(host.get("updates"))).containsExactlyInAnyOrder("UPDATE-LIVE-XEN", "UPDATE-LIVE-KERNEL");
        assertThat(host.get("guidance").toString())
                .isEqualTo("{\"mandatory\":[],\"recommended\":[\"RestartToolstack\"],\"full\":[]}");
        assertThat(host.get("livepatches").size()).isEqualTo(2);
        assertThat(document.get("updates").get(0).propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "summary",
                        "description",
                        "special-info",
                        "URL",
                        "type",
                        "issued",
                        "severity",
                        "livepatches",
                        "guidance",
                        "title");
    }

    @Test
    void tellsTheVersionOfTheApiWhereTheRepositoryDoes() {
        start(pool(repository ->
                UpdateSets.fill(repository, UpdateSet.LIVE).synchronised().apiVersion("2.23")));

        assertThat(updates().get("xapi-api-version").stringValue()).isEqualTo("2.23");
    }

    @Test
    void namesAnUpToDateHostWithEmptyLists() {
        start(pool(UpdateSet.NOTHING));
        applied(1);

        var host = updatesOf(1);

        assertThat(host.get("RPMS").size()).isZero();
        assertThat(host.get("updates").size()).isZero();
        assertThat(host.get("guidance").toString()).isEqualTo(NO_GUIDANCE);
        assertThat(updatesOf(2).get("RPMS").size()).isEqualTo(1);
    }

    /** xapi.md §7.6 B: a rule is about what is installed, so hosts of one pool may be asked for different things. */
    @Test
    void asksForWhatAnUpdateSaysOnlyOfHostsToWhichOneOfItsRulesApplies() {
        start(pool(repository -> repository
                .synchronised()
                .everyHost(host -> host.installed("tool-1.0-2.x86_64"))
                .host(1, host -> host.installed("tool-1:0.1-1.x86_64"))
                .host(2, host -> host.installed("other-1.0-1.x86_64"))
                .update(
                        "UPDATE-RULED",
                        update -> update.packages("tool-1:2.0-1.x86_64")
                                .applicable("tool", "x86_64", Inequality.LT, "1.0-3")
                                .applicable("tool", "noarch", Inequality.GTE, "0.0-1")
                                .mandatory("RestartToolstack")
                                .recommended("RebootHost"))));

        assertThat(updatesOf(0).get("guidance").toString())
                .isEqualTo("{\"mandatory\":[\"RestartToolstack\"],\"recommended\":[\"RebootHost\"],\"full\":[]}");
        assertThat(updatesOf(1).get("guidance").toString()).isEqualTo(NO_GUIDANCE);
        assertThat(words(updatesOf(1).get("updates"))).containsExactly("UPDATE-RULED");
        assertThat(updatesOf(2).get("guidance").toString()).isEqualTo(NO_GUIDANCE);
        assertThat(updates()
                        .get("updates")
                        .get(0)
                        .get("guidance")
                        .get("recommended")
                        .get(0)
                        .stringValue())
                .isEqualTo("RebootHost");

        applied(0);
        applied(1);
        assertThat(pending(0, "")).containsExactly("restart_toolstack");
        assertThat(pending(1, "")).isEmpty();
        assertThat(pending(1, "_recommended")).isEmpty();
    }

    @Test
    void tellsOnlyOfTheHostsThatAreAskedFor() {
        start(pool(UpdateSet.LIVE));

        var answer = client().get("/updates?session_id=" + client().session() + "&host_refs=" + client().host(2));

        assertThat(answer.body()).contains(client().host(2)).doesNotContain(client().host(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OpaqueRef:bogus"})
    void hostsThatDoNotExistAreABadRequest(String hosts) {
        start(pool(UpdateSet.LIVE));

        assertThat(client().get("/updates?session_id=" + client().session() + "&host_refs=" + hosts)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void withoutARepositoryThereIsNothing() {
        start(pool(RepositoryScenario::disabled));

        assertThat(getUpdates().statusCode()).isEqualTo(404);
    }

    @Test
    void isOnlyForOperatorsWithASession() {
        start(pool(UpdateSet.LIVE).user("auditor", "look", Role.READ_ONLY));
        var auditor = client().as("auditor", "look");

        assertThat(client().get("/updates").statusCode()).isEqualTo(401);
        assertThat(client().get("/updates?session_id=OpaqueRef:bogus").statusCode())
                .isEqualTo(401);
        assertThat(auditor.get("/updates?session_id=" + auditor.session()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void supporterNamesItsCoordinator() {
        start(pool(UpdateSet.LIVE));

        var answer = new SimulatedClient(pool(), "127.0.0.2").get("/updates?session_id=" + client().session());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("HOST_IS_SLAVE: [ 127.0.0.1 ]");
    }

    @Test
    void coordinatorThatRestartedAsksTheHostsAgain() {
        start(pool(UpdateSet.LIVE));
        restartToolstack(0);
        reconnect();

        var answer = CompletableFuture.supplyAsync(this::getUpdates);
        // the request may arrive only now
        await().until(() -> {
            advance(Duration.ofSeconds(1));
            return answer.isDone();
        });

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(words(updatesOf(1).get("updates"))).hasSize(2);
    }

    @Test
    void coordinatorThatRestartedCannotTellWhileAHostIsAway() {
        start(pool(UpdateSet.LIVE));
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.HOST_DIES).onHost(hostUuid(1)));
        client().call("host.restart_agent", client().host(0));
        advance(Duration.ofMinutes(11));
        reconnect();

        var answer = getUpdates();

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("GET_HOST_UPDATES_FAILED: [ " + client().host(1) + " ]");
    }

    @Test
    void waitsForAnApplication() {
        start(pool(UpdateSet.NOTHING));
        var task = client().text("Async.host.apply_updates", client().host(1), hash());
        advance(Duration.ofSeconds(10));

        var answer = CompletableFuture.supplyAsync(this::getUpdates);
        await().until(() -> {
            advance(Duration.ofSeconds(5));
            return answer.isDone();
        });

        assertThat(task(task).get("status").stringValue()).isEqualTo("success");
        assertThat(answer.join().body()).contains("\"hash\"");
    }

    @Test
    void connectionMayBreakBeforeTheWholeDocumentIsThere() {
        start(pool(UpdateSet.LIVE));
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.HALF_ANSWER).forMethod("get_updates"));

        assertThatThrownBy(this::getUpdates).isInstanceOf(SimulatedClient.Unreachable.class);
        assertThat(getUpdates().statusCode()).isEqualTo(200);
    }

    @Test
    void faultMayFailIt() {
        start(pool(UpdateSet.LIVE));
        simulator()
                .inject(Fault.on(pool().poolUuid(), FaultKind.API_ERROR)
                        .forMethod("get_updates")
                        .failingWith("INVALID_UPDATEINFO_XML"));

        assertThat(getUpdates().statusCode()).isEqualTo(404);
    }
}
