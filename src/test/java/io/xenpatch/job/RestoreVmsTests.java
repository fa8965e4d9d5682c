package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.VmUuid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * R23 on the wire, from where an evacuation left a pool: "guest" belongs on host 1 and is on host 2; "lodger" belongs on host 0 and is
 * on host 1, which has room for one of them.
 */
class RestoreVmsTests {
    private static final long GIB = 1L << 30;
    private static final long TAKEN_BY_HOST = (4L << 30) + (512L << 20);

    @Test
    void makesRoomWithTheGuestThatTheJobLeftThere() {
        try (VirtualRun run = VirtualRun.of(Scenario.of(pool(8)))) {
            PoolUpdate ended = restored(run, VmPlacementAfter.HOME, 0);

            assertThat(places(run)).isEqualTo(Map.of("guest", 1, "lodger", 0));
            assertThat(warnings(ended)).isEmpty();
            assertThat(moved(run)).containsExactly("lodger", "guest");
        }
    }

    @Test
    void makesNoRoomForOneTry() {
        try (VirtualRun run = VirtualRun.of(Scenario.of(pool(8)))) {
            PoolUpdate ended = restored(run, VmPlacementAfter.BEST_EFFORT, 0);

            assertThat(places(run)).isEqualTo(Map.of("guest", 2, "lodger", 1));
            assertThat(warnings(ended))
                    .singleElement()
                    .asString()
                    .startsWith("VM_NOT_HOME")
                    .contains("guest");
            assertThat(tries(run, ended, "guest")).isEqualTo(1);
        }
    }

    @Test
    void triesTwentyFiveTimesAndNamesTheGuestWhereNobodyMayMakeRoom() {
        try (VirtualRun run = VirtualRun.of(Scenario.of(pool(8)))) {
            PoolUpdate ended = restored(run, VmPlacementAfter.HOME, null);

            assertThat(places(run)).isEqualTo(Map.of("guest", 2, "lodger", 1));
            assertThat(warnings(ended))
                    .singleElement()
                    .asString()
                    .startsWith("VM_NOT_HOME")
                    .contains("guest");
            assertThat(tries(run, ended, "guest")).isEqualTo(25);
            assertThat(tries(run, ended, "lodger")).isZero();
            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
        }
    }

    @Test
    void leavesALodgerWhoseHomeHasNoRoomEither() {
        try (VirtualRun run = VirtualRun.of(Scenario.of(pool(1)))) {
            PoolUpdate ended = restored(run, VmPlacementAfter.HOME, 0);

            assertThat(places(run)).isEqualTo(Map.of("guest", 2, "lodger", 1));
            assertThat(warnings(ended)).singleElement().asString().startsWith("VM_NOT_HOME");
            assertThat(tries(run, ended, "lodger")).isZero();
        }
    }

    @Test
    void goesOnTryingTheGuestWhenTheLodgerCanNotLeave() {
        try (VirtualRun run = VirtualRun.of(Scenario.of(pool(8)))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.VM_REFUSES_TO_MOVE)
                            .onHost(run.host(1).toString())
                            .times(1_000));

            PoolUpdate ended = restored(run, VmPlacementAfter.HOME, 0);

            assertThat(warnings(ended)).singleElement().asString().startsWith("VM_NOT_HOME");
            assertThat(tries(run, ended, "guest")).isEqualTo(25);
            assertThat(tries(run, ended, "lodger")).isLessThanOrEqualTo(25);
        }
    }

    /** The figures say that there is room, and the server says that there is not. */
    @Test
    void makesRoomWhereTheServerAsksForIt() {
        try (VirtualRun run =
                VirtualRun.of(Scenario.of(pool(8).host(1, host -> host.memory(TAKEN_BY_HOST + 16 * GIB))))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.VM_REFUSES_TO_MOVE)
                            .onHost(run.host(2).toString())
                            .failingWith("HOST_NOT_ENOUGH_FREE_MEMORY", "1", "0"));

            PoolUpdate ended = restored(run, VmPlacementAfter.HOME, 0);

            assertThat(moved(run)).containsExactly("lodger", "guest");
            assertThat(tries(run, ended, "guest")).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void goesOnAfterADeathWithoutMovingAnybodyTwice(Moment moment) {
        try (VirtualRun run = VirtualRun.of(Scenario.of(pool(8)))) {
            run.store().dieWhen(work -> moment.isAbout(ways(work)), moment.isWritten());

            PoolUpdate ended = restored(run, VmPlacementAfter.HOME, 0);

            assertThat(places(run)).isEqualTo(Map.of("guest", 1, "lodger", 0));
            assertThat(warnings(ended)).isEmpty();
            assertThat(moved(run)).containsExactly("lodger", "guest");
        }
    }

    @Test
    void leavesAGuestAloneThatAPersonMovedBeforeItsHostWasEmptied() {
        try (VirtualRun run = VirtualRun.of(Scenario.of(
                Scenario.pool("person").hosts(3).vm("moved", vm -> vm.host(2)).update("REBOOT")))) {
            VmUuid guest = uuid(run, "moved");

            PoolUpdate ended = run.job(
                    run.update("REBOOT"),
                    Set.of(run.host(0), run.host(2)),
                    UpdatePolicy.defaults(),
                    () -> run.journal(JournalAction.REBOOT_FINISHED).size() == 1,
                    () -> run.pool().migrate(guest, 1));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(2);
            assertThat(moved(run)).containsExactly("moved");
            assertThat(places(run)).isEqualTo(Map.of("moved", 1));
        }
    }

    private static PoolScenario pool(int freeGibOnHost0) {
        return Scenario.pool("rooms")
                .hosts(3)
                .host(0, host -> host.memory(TAKEN_BY_HOST + freeGibOnHost0 * GIB))
                .host(1, host -> host.memory(TAKEN_BY_HOST + 6 * GIB))
                .host(2, host -> host.memory(TAKEN_BY_HOST + 6 * GIB))
                .vm("lodger", vm -> vm.host(1).memory(4 * GIB))
                .vm("guest", vm -> vm.host(2).memory(4 * GIB))
                .update("REBOOT");
    }

    /** @param homeOfLodger null: the job knows nothing of it, because it came later */
    private static PoolUpdate restored(VirtualRun run, VmPlacementAfter placement, @Nullable Integer homeOfLodger) {
        VmHome guest = home(run, "guest", 1, 2);
        List<VmHome> homes =
                homeOfLodger == null ? List.of(guest) : List.of(guest, home(run, "lodger", homeOfLodger, 1));
        HostUpdate host = JobSamples.begun(JobSamples.pending(run.host(1), 0), StepType.RESTORE_VMS);
        return run.goOn(
                new UpdateChoice.Image(run.update("REBOOT")),
                policy(placement),
                beginning -> beginning.running(homes, List.of(host)));
    }

    private static VmHome home(VirtualRun run, String name, int home, int movedTo) {
        return new VmHome(uuid(run, name), name, PowerState.RUNNING, run.host(home), run.host(movedTo));
    }

    private static VmUuid uuid(VirtualRun run, String name) {
        return run.seen().vms().stream()
                .filter(vm -> vm.name().equals(name))
                .findFirst()
                .orElseThrow()
                .uuid();
    }

    private static UpdatePolicy policy(VmPlacementAfter placement) {
        UpdatePolicy usual = UpdatePolicy.defaults();
        return new UpdatePolicy(
                usual.mode(),
                usual.livePatching(),
                usual.onLivePatchFailure(),
                usual.onBlocker(),
                usual.onMaintenance(),
                usual.guidanceLevels(),
                placement,
                usual.fixes(),
                usual.leaveDisabled(),
                usual.onUpdatesChanged(),
                usual.vmRestarts(),
                usual.acknowledged());
    }

    /** Positions of the hosts on which guests run. */
    private static Map<String, Integer> places(VirtualRun run) {
        Map<String, Integer> places = new HashMap<>();
        run.seen()
                .vms()
                .forEach(vm -> places.put(vm.name(), run.pool().hostUuids().indexOf(String.valueOf(vm.residentOn()))));
        return places;
    }

    /** Names of the guests that moved, in the order in which they arrived. */
    private static List<String> moved(VirtualRun run) {
        return run.journal(JournalAction.VM_MIGRATED).stream()
                .map(JournalEntry::subject)
                .map(subject -> run.seen().vms().stream()
                        .filter(vm -> vm.uuid().toString().equals(subject))
                        .findFirst()
                        .orElseThrow()
                        .name())
                .toList();
    }

    private static List<String> warnings(PoolUpdate ended) {
        return ended.hosts().get(0).warnings();
    }

    private static int tries(VirtualRun run, PoolUpdate work, String guest) {
        return ways(work).count(uuid(run, guest));
    }

    private static WaysHome ways(PoolUpdate work) {
        return WaysHome.of(work.hosts().get(0).steps().get(0).data());
    }

    /** When the process dies. */
    enum Moment {
        /** The intent is committed, the call is not made. */
        LODGER_NOT_SENT,
        /** The pool has accepted the call, and nobody has written it down. */
        LODGER_SENT_UNNOTICED,
        GUEST_NOT_SENT,
        GUEST_SENT_UNNOTICED;

        boolean isWritten() {
            return this == LODGER_NOT_SENT || this == GUEST_NOT_SENT;
        }

        boolean isAbout(WaysHome ways) {
            int sent = this == LODGER_NOT_SENT || this == LODGER_SENT_UNNOTICED ? 1 : 2;
            int accepted = isWritten() ? sent - 1 : sent;
            return ways.tries().size() == sent && ways.tasks().size() == accepted;
        }
    }
}
