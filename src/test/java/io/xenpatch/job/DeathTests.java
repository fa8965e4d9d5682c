package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that is killed between two commits where it matters, and another that goes on: no host is updated or rebooted a second time, and
 * everybody is home in the end. {@code KilledServiceIT} kills real processes.
 */
class DeathTests {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "IMAGE, APPLY_NOT_SENT",
        "IMAGE, APPLY_ACCEPTED_UNNOTICED",
        "IMAGE, VERIFIED_UNNOTICED",
        "IMAGE, REBOOT_ACCEPTED_UNNOTICED",
        "REPOSITORY, APPLY_NOT_SENT",
        "REPOSITORY, APPLY_ACCEPTED_UNNOTICED",
        "REPOSITORY, VERIFIED_UNNOTICED",
        "REPOSITORY, REBOOT_ACCEPTED_UNNOTICED",
        "PACKAGES, APPLY_NOT_SENT",
        "PACKAGES, APPLY_ACCEPTED_UNNOTICED",
        "PACKAGES, VERIFIED_UNNOTICED",
        "PACKAGES, REBOOT_ACCEPTED_UNNOTICED"
    })
    void goesOnWithoutDoingAnythingTwice(TestChannel channel, Moment moment) {
        try (VirtualRun run = VirtualRun.of(Scenario.of(channel.offering(
                UpdateSet.REBOOT, Scenario.pool("mortal").hosts(2).vmsEach(1))))) {
            Map<VmUuid, HostUuid> homes = run.homes();
            run.store().dieWhen(moment.about(), moment == Moment.APPLY_NOT_SENT);

            PoolUpdate ended = run.job(channel.choice(run), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED))
                    .doesNotHaveDuplicates()
                    .hasSize(2);
            boolean mayAskAgain = channel == TestChannel.PACKAGES && moment == Moment.APPLY_ACCEPTED_UNNOTICED;
            // asking the plugin once more installs nothing, and is the only way to know
            assertThat(run.hosts(JournalAction.APPLY)).hasSize(mayAskAgain ? 3 : 2);
            assertThat(run.homes()).isEqualTo(homes);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
            if (channel == TestChannel.PACKAGES) {
                assertThat(run.seen().hosts()).allMatch(host -> host.packagesInstalledAt() != null);
            }
        }
    }

    /** When the process dies. */
    enum Moment {
        /** The intent is committed, the call is not made. */
        APPLY_NOT_SENT,
        /** The pool has accepted the call, and nobody has written it down. */
        APPLY_ACCEPTED_UNNOTICED,
        /** What the host says afterwards was read, and nobody has written it down. */
        VERIFIED_UNNOTICED,
        REBOOT_ACCEPTED_UNNOTICED;

        Predicate<PoolUpdate> about() {
            return switch (this) {
                case APPLY_NOT_SENT -> having(StepType.APPLY_UPDATE, step -> step.call() == CallFate.MAYBE_SENT);
                case APPLY_ACCEPTED_UNNOTICED ->
                    having(StepType.APPLY_UPDATE, step -> step.call() == CallFate.ACCEPTED);
                case VERIFIED_UNNOTICED -> having(StepType.VERIFY, step -> step.isDone(StepType.VERIFY));
                case REBOOT_ACCEPTED_UNNOTICED -> having(StepType.REBOOT, step -> step.call() == CallFate.ACCEPTED);
            };
        }

        private static Predicate<PoolUpdate> having(StepType type, Predicate<Step> wanted) {
            return pool -> pool.hosts().stream()
                    .flatMap(host -> host.steps().stream())
                    .anyMatch(step -> step.type() == type && wanted.test(step));
        }
    }
}
