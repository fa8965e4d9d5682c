package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole jobs that install everything there is, in virtual time: what a repository and XCP-ng's mirrors have in common. */
class LatestJobTests {

    @ParameterizedTest
    @EnumSource(names = {"REPOSITORY", "PACKAGES"})
    void leavesAPoolAloneThatHasEverything(TestChannel channel) {
        try (VirtualRun run = of(channel)) {
            run.job(channel.choice(run), Set.of(), UpdatePolicy.defaults());
            int done = run.pool().journal().size();

            PoolUpdate ended = run.job(channel.choice(run), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.NO_ACTION);
            assertThat(run.pool().journal()).hasSize(done);
        }
    }

    @ParameterizedTest
    @CsvSource({"REPOSITORY,APPLY_UPDATES_FAILED", "PACKAGES,1"})
    void leavesAHostWhosePackagesMayBeInstalledInPartAsItIs(TestChannel channel, String xapiError) {
        try (VirtualRun run = of(channel)) {
            run.pool().inject(Fault.on(run.seen().uuid().toString(), FaultKind.APPLY_FAILS));

            PoolUpdate ended = run.job(channel.choice(run), Set.of(), UpdatePolicy.defaults());

            HostUpdate coordinator = ended.hosts().get(0);
            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            assertThat(Objects.requireNonNull(coordinator.failure()).code()).isEqualTo("APPLY_FAILED");
            assertThat(coordinator.failure().xapiError()).contains(xapiError);
            assertThat(run.seen().host(run.host(0)).orElseThrow().enabled()).isFalse();
            assertThat(ended.hosts().subList(1, 3))
                    .allSatisfy(host -> assertThat(host.state()).isEqualTo(HostUpdateState.SKIPPED));
        }
    }

    private static VirtualRun of(TestChannel channel) {
        return VirtualRun.of(Scenario.of(channel.offering(
                UpdateSet.NOTHING, Scenario.pool("latest").hosts(3).vmsEach(2))));
    }
}
