package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.VmUuid;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs on XCP-ng pools, in virtual time (R12, R22, R32, R36). */
class PackageJobTests {
    private static final UpdateChoice LATEST = new UpdateChoice.Latest();

    /** R12: whatever the packages need, the host is emptied first; coordinator first, and everybody comes home. */
    @ParameterizedTest
    @CsvSource({"REBOOT,REBOOTED,3,0", "TOOLSTACK,TOOLSTACK_RESTARTED,0,3", "NOTHING,NO_ACTION,0,0"})
    void emptiesEachHostAndDoesWhatItsPackagesNeed(UpdateSet set, HostOutcome outcome, int reboots, int toolstacks) {
        try (VirtualRun run = of(pool(set))) {
            Map<VmUuid, HostUuid> before = run.homes();

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(outcome);
            assertThat(run.hosts(JournalAction.APPLY)).containsExactlyElementsOf(run.inOrder());
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(reboots);
            assertThat(run.journal(JournalAction.TOOLSTACK_RESTARTED)).hasSize(toolstacks);
            assertThat(run.hosts(JournalAction.EVACUATE)).containsExactlyElementsOf(run.inOrder());
            assertThat(run.homes()).isEqualTo(before);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
            assertThat(run.seen().hosts()).allSatisfy(host -> {
                assertThat(host.packagesInstalledAt())
                        .as("noted for every client")
                        .isNotNull();
                assertThat(host.owedForPackages()).isEqualTo(OwedRestart.NOTHING);
            });
        }
    }

    /** R22: the call is observed, and repeated at most once; what it installed is proved by its own answer. */
    @ParameterizedTest
    @ValueSource(strings = {"CONNECTION_RESET", "TASK_LOST"})
    void installsOnceWhenNobodySaysHowTheUpdateEnded(FaultKind fault) {
        try (VirtualRun run = of(pool(UpdateSet.REBOOT))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), fault)
                            .forMethod("Async.host.call_plugin")
                            // every host is asked what it lacks before the first one is updated
                            .after(4));

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(3);
        }
    }

    @Test
    void waitsForThePluginThatIsBusy() {
        try (VirtualRun run = of(pool(UpdateSet.NOTHING))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.PLUGIN_BUSY)
                            .onHost(run.host(1).toString())
                            .lasting(Duration.ofSeconds(8)));

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.hosts(JournalAction.APPLY)).containsExactlyElementsOf(run.inOrder());
        }
    }

    /** R36: packages have no common state. */
    @Test
    void takesNoHash() {
        try (VirtualRun run = of(pool(UpdateSet.NOTHING))) {
            PoolUpdate ended = run.job(new UpdateChoice.AtHash("0f3a"), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).isEqualTo(PoolUpdateState.REJECTED);
            assertThat(Objects.requireNonNull(ended.failure()).code()).isEqualTo("UPDATE_CHOICE_NOT_SUPPORTED");
            assertThat(run.journal(JournalAction.APPLY)).isEmpty();
        }
    }

    @Test
    void doesNothingWherePendingTasksAreAskedForAndNoneAreLeft() {
        try (VirtualRun run = of(pool(UpdateSet.REBOOT))) {
            PoolUpdate ended = run.job(new UpdateChoice.PendingTasksOnly(), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.NO_ACTION);
            assertThat(run.journal(JournalAction.APPLY)).isEmpty();
        }
    }

    private static PoolScenario pool(UpdateSet set) {
        return Scenario.pool("packages")
                .profile(Profile.XCP_NG_8_3)
                .hosts(3)
                .vmsEach(2)
                .packages(set);
    }

    private static VirtualRun of(PoolScenario pool) {
        return VirtualRun.of(Scenario.of(pool));
    }
}
