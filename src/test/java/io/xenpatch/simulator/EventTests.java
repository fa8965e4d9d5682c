package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code event.from}. */
class EventTests extends SimulatorTest {

    private static List<String> shapes(JsonNode batch) {
        return batch.get("events")
                .valueStream()
                .map(event -> event.get("class").stringValue() + " "
                        + event.get("operation").stringValue())
                .distinct()
                .toList();
    }

    private String tokenOf(String... classes) {
        return client().call("event.from", List.of(classes), "", 5.0)
                .get("token")
                .stringValue();
    }

    @Test
    void beginsWithEverythingThereIs() {
        start(Scenario.pool("events").hosts(2).vmsEach(1));

        var batch = client().call("event.from", List.of("host", "VM"), "", 5.0);

        assertThat(shapes(batch)).containsExactlyInAnyOrder("host add", "vm add");
        assertThat(batch.get("events").size()).isEqualTo(2 + 4);
        assertThat(batch.get("token").stringValue()).matches("\\d{20},\\d{20}");
        assertThat(batch.at("/valid_ref_counts/vm").longValue()).isEqualTo(4);
        var event = batch.get("events").get(0);
        assertThat(event.get("id").isString()).isTrue();
        assertThat(event.get("timestamp").stringValue()).isEqualTo("0.0");
        assertThat(event.get("snapshot").has("uuid")).isTrue();
    }

    @Test
    void gathersSeveralChangesOfAnObject() {
        start(Scenario.pool("events"));
        var token = tokenOf("pool");
        var pool = client().call("pool.get_all").get(0).stringValue();
        client().call("pool.add_to_other_config", pool, "a", "1");
        client().call("pool.add_to_other_config", pool, "b", "2");

        var batch = client().call("event.from", List.of("pool"), token, 5.0);

        assertThat(shapes(batch)).containsExactly("pool mod");
        assertThat(batch.get("events").size()).isEqualTo(1);
        assertThat(batch.at("/events/0/snapshot/other_config").toString()).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void wakesAParkedListener() {
        start(Scenario.pool("events"));
        var token = tokenOf("pool");
        var waiting = client().callLater("event.from", List.of("pool"), token, 9.0);
        var pool = client().call("pool.get_all").get(0).stringValue();

        client().call("pool.set_name_description", pool, "changed");

        assertThat(shapes(waiting.join().get("result"))).containsExactly("pool mod");
    }

    @Test
    void answersNothingAfterTheTimeout() {
        start(Scenario.pool("events"));
        var token = tokenOf("pool");

        var batch = client().call("event.from", List.of("pool_update", "nosuchclass"), token, 0);

        assertThat(batch.get("events").size()).isZero();
        assertThat(batch.get("token").stringValue()).isEqualTo(token);
    }

    @Test
    void tellsDeletionsWithoutSnapshot() {
        start(Scenario.pool("events"));
        var task = client().text("task.create", "mine", "");
        var token = tokenOf("task/" + task);
        client().call("task.destroy", task);

        var batch = client().call("event.from", List.of("task/" + task), token, 5.0);

        assertThat(shapes(batch)).containsExactly("task del");
        assertThat(batch.get("events").get(0).has("snapshot")).isFalse();
    }

    /** The real server keeps at most 511 deletions of a class; {@code event.from} has no word for what it forgot. */
    @Test
    void tellsOfTooManyDeletionsOnlyTheLatestAndHowManyObjectsAreLeft() {
        var many = 600;
        var pool = Scenario.pool("events");
        IntStream.range(0, many).forEach(number -> pool.update("U" + number));
        start(pool);
        var token = tokenOf("pool_update", "host");
        var updates = client().call("pool_update.get_all").valueStream().toList();
        updates.stream().skip(1).forEach(update -> client().call("pool_update.destroy", update.stringValue()));
        client().call("host.set_name_description", client().host(0), "changed");

        var batch = client().call("event.from", List.of("pool_update", "host"), token, 5.0);

        assertThat(shapes(batch)).containsExactly("host mod", "pool_update del");
        // 511 are kept, the next deletion leaves 256 and itself, and the others come on top
        assertThat(batch.get("events").valueStream().skip(1).map(event -> event.get("ref")))
                .containsExactlyElementsOf(updates.subList(many - (257 + many - 1 - 512), many));
        assertThat(batch.at("/valid_ref_counts/pool_update").longValue()).isOne();
        assertThat(batch.at("/valid_ref_counts/host").longValue()).isOne();
    }

    /** Each class remembers its own. */
    @Test
    void deletionsOfOneClassDoNotPushOutThoseOfAnother() {
        start(Scenario.pool("events").update("U"));
        var token = tokenOf("pool_update");
        client().call(
                        "pool_update.destroy",
                        client().call("pool_update.get_all").get(0).stringValue());
        for (int i = 0; i < 600; i++) {
            client().call("task.destroy", client().text("task.create", "mine", ""));
        }

        assertThat(shapes(client().call("event.from", List.of("pool_update"), token, 5.0)))
                .containsExactly("pool_update del");
    }

    @Test
    void objectSubscriptionSeesNothingElse() {
        start(Scenario.pool("events").hosts(2));
        var token = tokenOf("host/" + client().host(0));
        client().call("host.disable", client().host(1));
        client().call("host.disable", client().host(0));

        var batch = client().call("event.from", List.of("host/" + client().host(0)), token, 5.0);

        assertThat(batch.get("events").size()).isEqualTo(1);
        assertThat(batch.at("/events/0/ref").stringValue()).isEqualTo(client().host(0));
    }

    @Test
    void injectedEventComesBack() {
        start(Scenario.pool("events"));
        var token = client().text("event.inject", "host", client().host(0));

        assertThat(shapes(client().call("event.from", List.of("host"), token, 5.0)))
                .containsExactly("host mod");
    }

    @Test
    void refusesBadToken() {
        start(Scenario.pool("events"));

        assertThat(client().failure("event.from", List.of("host"), "bogus", 1.0))
                .containsExactly("EVENT_FROM_TOKEN_PARSE_FAILURE", "bogus");
        assertThat(client().failure("event.next")).containsExactly("SESSION_NOT_REGISTERED", client().session());
    }

    @Test
    void logoutEndsAParkedListener() {
        start(Scenario.pool("events"));
        var waiting = client().callLater("event.from", List.of("pool"), tokenOf("pool"), 9.0);

        client().call("session.logout");

        assertThat(waiting.join().at("/error/message").stringValue()).isEqualTo("SESSION_INVALID");
    }

    @Test
    void churnLoadsTheStream() {
        start(
                Scenario.of(Scenario.pool("events").vmsEach(3)),
                SimulatorSettings.atSpeed(1).withChurn(200));
        var token = tokenOf("*");

        assertThat(client().call("event.from", List.of("*"), token, 5.0)
                        .get("events")
                        .size())
                .isPositive();
    }
}
