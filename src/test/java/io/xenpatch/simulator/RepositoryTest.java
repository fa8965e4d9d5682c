package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.model.Profile;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A test against a pool that updates from a repository. */
abstract class RepositoryTest extends SimulatorTest {
    /** Longer than any synchronisation. */
    static final Duration SYNC = Duration.ofMinutes(2);
    /** Longer than any application. */
    static final Duration APPLY = Duration.ofMinutes(3);
    /** Longer than a toolstack restart with automatic enabling. */
    static final Duration TOOLSTACK = Duration.ofSeconds(30);
    /** Longer than a reboot with automatic enabling. */
    static final Duration REBOOT = Duration.ofMinutes(5);

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** A XenServer 8 pool of three hosts with two guests each. */
    static PoolScenario pool(UpdateSet set) {
        return bare().repository(set);
    }

    static PoolScenario pool(UnaryOperator<RepositoryScenario> repository) {
        return bare().repository("updates", repository);
    }

    static PoolScenario bare() {
        return Scenario.pool("repositories")
                .profile(Profile.XENSERVER_8)
                .hosts(3)
                .vmsEach(2);
    }

    String poolRef() {
        return client().call("pool.get_all").get(0).stringValue();
    }

    String repository() {
        return client().call("Repository.get_all").get(0).stringValue();
    }

    String hash() {
        return client().text("Repository.get_hash", repository());
    }

    JsonNode host(int index) {
        return client().call("host.get_record", client().host(index));
    }

    static List<String> words(JsonNode set) {
        return set.valueStream().map(JsonNode::stringValue).toList();
    }

    List<String> pending(int host, String kind) {
        return words(host(host).get("pending_guidances" + kind));
    }

    HttpResponse<String> getUpdates() {
        return client().get("/updates?session_id=" + client().session());
    }

    /** The document of {@code GET /updates}. */
    JsonNode updates() {
        var answer = getUpdates();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    /** What {@code GET /updates} says of a host. */
    JsonNode updatesOf(int host) {
        var ref = client().host(host);
        return updates()
                .get("hosts")
                .valueStream()
                .filter(entry -> entry.get("ref").stringValue().equals(ref))
                .findFirst()
                .orElseThrow();
    }

    /** Applies everything to a host and gives the task. */
    JsonNode apply(int host) {
        return run(APPLY, "host.apply_updates", client().host(host), hash());
    }

    /** Applies everything to a host and gives the result. */
    String applied(int host) {
        var task = apply(host);
        assertThat(task.get("status").stringValue()).as(task.toString()).isEqualTo("success");
        return task.get("result").stringValue();
    }

    void restartToolstack(int host) {
        client().call("host.restart_agent", client().host(host));
        advance(TOOLSTACK);
    }

    void reboot(int host) {
        client().call("host.disable", client().host(host));
        client().call("host.reboot", client().host(host));
        advance(REBOOT);
    }
}
