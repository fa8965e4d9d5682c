package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.Decider;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.PoolPlanner;
import io.xenpatch.plan.ReasonCode;
import io.xenpatch.plan.RepositoryObservation;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.UpdateTask;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided before {@code host.apply_updates} and again after it, with a pool that really has such updates. */
class RepositoryDecisionsOnTheWireTests extends AdapterTest {

    @ParameterizedTest(name = "{0}: {2}, then {3}")
    @CsvSource({
        "LIVE, true, RESTART_TOOLSTACK, RESTART_TOOLSTACK",
        "REBOOT, false, REBOOT_HOST, REBOOT_HOST",
        "TOOLSTACK, false, RESTART_TOOLSTACK, RESTART_TOOLSTACK",
        "NOTHING, false, , ",
        "FAILS, true, RESTART_TOOLSTACK, REBOOT_HOST"
    })
    void decidesBeforeAndAfterTheApply(
            UpdateSet set, boolean livePatched, @Nullable String foretold, @Nullable String left) {
        start(Scenario.pool("lab").profile(Profile.XENSERVER_8).repository(set));
        var pool = open();
        succeeded(pool, pool.repositories().synchronise(false));
        var updates =
                pool.repositories().updates().orTimeout(30, TimeUnit.SECONDS).join();

        var planned =
                PoolPlanner.plan(pool.pool().observe(), host(pool), Optional.of(updates), UpdatePolicy.defaults());

        assertThat(planned.applies()).isTrue();
        assertThat(planned.decision().tasks()).isEqualTo(tasks(foretold));
        assertThat(planned.decision().livePatchEffective()).isEqualTo(livePatched);

        var done = succeeded(pool, pool.repositories().apply(host(0), updates.hash()));
        var failed = !pool.repositories().warnings(done).livePatchFailures().isEmpty();
        var observed = observed(pool, planned.decision(), failed);

        assertThat(observed.tasks()).isEqualTo(tasks(left));
        assertThat(observed.reasons().stream().anyMatch(reason -> reason.code() == ReasonCode.LIVE_PATCH_FAILED))
                .isEqualTo(set == UpdateSet.FAILS);
        assertThat(host(pool).software().updateHash()).isEqualTo(updates.hash());
        assertThat(host(pool).enabled()).as("left disabled by the server (R14)").isFalse();
    }

    private static HostDecision observed(XapiPool pool, HostDecision planned, boolean failed) {
        return Decider.decideAfterApply(
                planned, new RepositoryObservation(host(pool).software().pending(), List.of(), failed, false));
    }

    private static HostSnapshot host(XapiPool pool) {
        return pool.pool().observe().hosts().get(0);
    }

    private static Set<UpdateTask> tasks(@Nullable String text) {
        return text == null
                ? Set.of()
                : Arrays.stream(text.split(" ")).map(UpdateTask::valueOf).collect(Collectors.toSet());
    }
}
