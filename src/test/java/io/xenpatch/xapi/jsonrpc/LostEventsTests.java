package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatedClient;
import io.xenpatch.xen.UpdateInfo;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A pool that has forgotten what the mirror was not told of. */
class LostEventsTests extends AdapterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** More than a server remembers of one class (511). */
    private static final int MANY = 600;

    @Test
    void mirrorStartsAnewWhenItMissedDeletionsAndLosesNothing() {
        var scenario = Scenario.pool("lab").hosts(2).vmsEach(1);
        IntStream.range(0, MANY).forEach(number -> scenario.update("U" + number));
        start(scenario);
        var pool = open();
        var mirror = pool.mirror();
        assertThat(mirror.next(SECOND).join().orElseThrow().updates()).hasSize(MANY);
        var client = SimulatedClient.of(description());
        client.call("pool_update.get_all")
                .valueStream()
                .skip(1)
                .forEach(update -> client.call("pool_update.destroy", update.stringValue()));
        client.call("host.set_name_label", client.host(1), "renamed");

        var after = mirror.next(SECOND).join().orElseThrow();

        assertThat(after.updates()).extracting(UpdateInfo::name).containsExactly("U0");
        assertThat(after.host(host(1)).orElseThrow().name()).isEqualTo("renamed");
        assertThat(after)
                .as("a mirror that begins now")
                .isEqualTo(pool.mirror().next(SECOND).join().orElseThrow());
    }

    @Test
    void mirrorFollowsAsBeforeAfterwards() {
        var scenario = Scenario.pool("lab");
        IntStream.range(0, MANY).forEach(number -> scenario.update("U" + number));
        start(scenario);
        var mirror = open().mirror();
        mirror.next(SECOND).join();
        var client = SimulatedClient.of(description());
        client.call("pool_update.get_all")
                .valueStream()
                .forEach(update -> client.call("pool_update.destroy", update.stringValue()));
        mirror.next(SECOND).join();
        assertThat(mirror.next(Duration.ofMillis(50)).join()).as("nothing new").isEmpty();

        client.call("host.set_name_label", client.host(0), "renamed");

        assertThat(mirror.next(SECOND)
                        .join()
                        .orElseThrow()
                        .host(host(0))
                        .orElseThrow()
                        .name())
                .isEqualTo("renamed");
    }
}
