package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.VmSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    void goesOnWithoutDoingAnythingTwice(Kind kind, Moment moment) {
        try (VirtualRun run = VirtualRun.of(Scenario.of(kind.pool()))) {
            Map<String, String> homes = homes(run);
            run.store().dieWhen(moment.about(), moment == Moment.APPLY_NOT_SENT);

            PoolUpdate ended = run.job(kind.choice(run), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(hosts(run, JournalAction.REBOOT_STARTED))
                    .doesNotHaveDuplicates()
                    .hasSize(2);
            boolean mayAskAgain = kind == Kind.PACKAGES && moment == Moment.APPLY_ACCEPTED_UNNOTICED;
            // asking the plugin once more installs nothing, and is the only way to know
            assertThat(hosts(run, JournalAction.APPLY)).hasSize(mayAskAgain ? 3 : 2);
            assertThat(homes(run)).isEqualTo(homes);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
            if (kind == Kind.PACKAGES) {
                assertThat(run.seen().hosts()).allMatch(host -> host.packagesInstalledAt() != null);
            }
        }
    }

    private static List<String> hosts(VirtualRun run, JournalAction action) {
        return run.journal(action).stream().map(JournalEntry::hostUuid).toList();
    }

    private static Map<String, String> homes(VirtualRun run) {
        return run.seen().vms().stream()
                .collect(Collectors.toMap(VmSnapshot::name, vm -> String.valueOf(vm.residentOn())));
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

    /** What is applied; a reboot follows. */
    enum Kind {
        IMAGE,
        REPOSITORY,
        PACKAGES;

        PoolScenario pool() {
            PoolScenario pool = Scenario.pool("mortal").hosts(2).vmsEach(1);
            return switch (this) {
                case IMAGE -> pool.update("REBOOT");
                case REPOSITORY -> pool.profile(Profile.XENSERVER_8).repository(UpdateSet.REBOOT);
                case PACKAGES -> pool.profile(Profile.XCP_NG_8_3).packages(UpdateSet.REBOOT);
            };
        }

        UpdateChoice choice(VirtualRun run) {
            return this == IMAGE ? new UpdateChoice.Image(run.update("REBOOT")) : new UpdateChoice.Latest();
        }
    }
}
