package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.HostScenario;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request asks for is what its job does: modes, failed live patches, left out hosts. In virtual time. */
class JobPolicyTests {
    private @Nullable VirtualRun running;

    @ParameterizedTest
    @EnumSource(OnLivePatchFailure.class)
    void treatsALivePatchThatFailsInRealityAsThePolicySays(OnLivePatchFailure policy) {
        start(Scenario.pool("fails").hosts(3).vmsEach(1).update("FAILS"));

        PoolUpdate ended = job("FAILS", policy(Mode.AUTOMATIC, policy));

        HostUpdate first = ended.hosts().get(0);
        assertThat(planned(first).noActionRequired()).isTrue();
        assertThat(Objects.requireNonNull(first.observedDecision()).livePatchEffective())
                .isFalse();
        switch (policy) {
            case REBOOT -> {
                assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
                assertThat(rebooted()).hasSize(3);
            }
            case WARN -> {
                assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
                assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.MANUAL_ACTION_LEFT);
                assertThat(rebooted()).isEmpty();
            }
            case FAIL -> {
                assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
                assertThat(code(first.failure())).isEqualTo("LIVE_PATCH_FAILED");
                assertThat(ended.hosts().get(1).state()).isEqualTo(HostUpdateState.SKIPPED);
                assertThat(rebooted()).isEmpty();
            }
        }
    }

    @Test
    void restartsToolstacksOnly() {
        start(Scenario.pool("toolstack").hosts(2).vmsEach(1).update("TOOLSTACK"));

        PoolUpdate ended = job("TOOLSTACK", UpdatePolicy.defaults());

        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.TOOLSTACK_RESTARTED);
        assertThat(actions()).doesNotContain(JournalAction.VM_MIGRATED, JournalAction.REBOOT_STARTED);
        assertThat(pool().hosts()).allMatch(host -> host.enabled());
    }

    /** XC-33. */
    @Test
    void carriesOutWhatASupplementalPackAsksForOnXenServer8() {
        start(Scenario.pool("pack")
                .xenServer8()
                .hosts(2)
                .vmsEach(1)
                .update("PACK", pack -> pack.guidance("restartXAPI")));

        PoolUpdate ended = job("PACK", UpdatePolicy.defaults());

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.TOOLSTACK_RESTARTED);
        assertThat(run().journal(JournalAction.TOOLSTACK_RESTARTED)).hasSize(2);
        assertThat(pool().hosts()).allMatch(host -> host.enabled());
    }

    @Test
    void leavesTheRebootToAPersonInManualMode() {
        start(Scenario.pool("manual").hosts(3).vmsEach(1).update("REBOOT"));
        Map<VmUuid, HostUuid> before = run().homes();

        PoolUpdate ended = job("REBOOT", policy(Mode.MANUAL, OnLivePatchFailure.WARN));

        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.MANUAL_ACTION_LEFT);
        assertThat(rebooted()).isEmpty();
        assertThat(run().homes()).isEqualTo(before);
        assertThat(pool().hosts()).allMatch(host -> host.enabled());
    }

    /** R25: with the next host away too, too few might be left of the cluster. */
    @Test
    void waitsUntilTheClusterCountsAHostAgainBeforeTheNextOneLeaves() {
        start(Scenario.pool("clustered")
                .xenServer8()
                .hosts(3)
                .vmsEach(1)
                .clustered()
                .repository(UpdateSet.REBOOT));

        PoolUpdate ended = run().job(new UpdateChoice.Latest(), Set.of(), UpdatePolicy.defaults());

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(rebooted()).hasSize(3);
        assertThat(pool().cluster().members()).allMatch(member -> Boolean.TRUE.equals(member.live()));
    }

    @Test
    void goesBackIntoServiceWhenTheApplyFails() {
        start(Scenario.pool("apply").hosts(3).vmsEach(1).update("REBOOT"));
        Map<VmUuid, HostUuid> before = run().homes();
        run().pool().inject(Fault.on(pool().uuid().toString(), FaultKind.APPLY_FAILS));

        PoolUpdate ended = job("REBOOT", UpdatePolicy.defaults());

        assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
        assertThat(Objects.requireNonNull(ended.hosts().get(0).failure()).xapiError())
                .contains("UPDATE_APPLY_FAILED");
        assertThat(ended.hosts())
                .extracting(HostUpdate::state)
                .containsExactly(HostUpdateState.FAILED, HostUpdateState.SKIPPED, HostUpdateState.SKIPPED);
        assertThat(run().homes()).isEqualTo(before);
        assertThat(pool().hosts()).allMatch(host -> host.enabled());
    }

    @Test
    void leavesOutAHostInMaintenanceWhenAskedToAndNamesIt() {
        start(Scenario.pool("skip")
                .hosts(3)
                .vmsEach(1)
                .host(2, HostScenario::disabled)
                .update("LIVE"));

        PoolUpdate ended = job("LIVE", skippingHosts());

        assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(ended.hosts())
                .extracting(HostUpdate::state)
                .containsExactlyInAnyOrder(
                        HostUpdateState.SUCCEEDED, HostUpdateState.SUCCEEDED, HostUpdateState.SKIPPED);
        assertThat(code(ended.hosts().get(2).failure())).isEqualTo("HOST_IN_MAINTENANCE");
        assertThat(pool().hosts()).filteredOn(host -> !host.enabled()).hasSize(1);
    }

    @Test
    void rejectsWhatThePrechecksBlockAndTouchesNothing() {
        start(Scenario.pool("alone").standalone().hosts(1).vmsEach(1).update("REBOOT"));

        PoolUpdate ended = job("REBOOT", UpdatePolicy.defaults());

        assertThat(ended.state()).isEqualTo(PoolUpdateState.REJECTED);
        assertThat(code(ended.failure())).isEqualTo("NO_EVACUATION_TARGET");
        assertThat(actions()).containsOnly(JournalAction.PRECHECK);
    }

    private void start(PoolScenario pool) {
        running = VirtualRun.of(Scenario.of(pool));
    }

    private VirtualRun run() {
        return Objects.requireNonNull(running);
    }

    private PoolUpdate job(String update, UpdatePolicy policy) {
        return run().job(run().update(update), Set.of(), policy);
    }

    private PoolSnapshot pool() {
        return run().seen();
    }

    private List<JournalAction> actions() {
        return run().pool().journal().stream().map(JournalEntry::action).toList();
    }

    private List<JournalEntry> rebooted() {
        return run().journal(JournalAction.REBOOT_STARTED);
    }

    private static HostDecision planned(HostUpdate host) {
        return Objects.requireNonNull(host.planned());
    }

    private static String code(@Nullable Failure failure) {
        return Objects.requireNonNull(failure).code();
    }

    private static UpdatePolicy skippingHosts() {
        return policy(Mode.AUTOMATIC, OnLivePatchFailure.WARN, OnBlocker.SKIP_HOST);
    }

    private static UpdatePolicy policy(Mode mode, OnLivePatchFailure onFailure) {
        return policy(mode, onFailure, OnBlocker.REJECT);
    }

    private static UpdatePolicy policy(Mode mode, OnLivePatchFailure onFailure, OnBlocker onBlocker) {
        return new UpdatePolicy(
                mode,
                LivePatching.PREFER,
                onFailure,
                onBlocker,
                OnMaintenance.SKIP,
                Set.of(GuidanceLevel.MANDATORY, GuidanceLevel.RECOMMENDED),
                VmPlacementAfter.HOME,
                Set.of(),
                false,
                UpdatePolicy.OnUpdatesChanged.STOP,
                UpdatePolicy.VmRestarts.LIST,
                Set.of());
    }

    @AfterEach
    void stop() {
        run().close();
    }
}
