package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.VmSnapshot;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Hosts that can be emptied now, but not when their turn comes (P4.3). */
class RollingOrderTests {
    private static final long GIB = 1L << 30;

    /** Hosts of 16 GiB with so much free. */
    private static TestPool pool(long... free) {
        TestPool pool = TestPool.of(free.length);
        for (int host = 0; host < free.length; host++) {
            pool.change(host, TestPool.memory(16 * GIB, free[host] * GIB));
        }
        return pool;
    }

    private static UnaryOperator<VmSnapshot> of(long memory) {
        return vm -> new VmSnapshot(
                vm.uuid(),
                vm.name(),
                vm.powerState(),
                vm.residentOn(),
                vm.kind(),
                memory * GIB,
                vm.autoPoweron(),
                vm.storage(),
                vm.drives(),
                vm.allowedOperations(),
                vm.currentOperations(),
                vm.otherConfig(),
                vm.startedAt(),
                vm.pending());
    }

    private static Judging rebooting(TestPool pool) {
        return Judging.of(pool).livePatch(LivePatchStatus.NONE);
    }

    /** Each host alone can be emptied; with the first one's guests left there, the second can't. */
    private static TestPool tight() {
        return pool(8, 8, 2).vm(0, 0, of(4)).vm(1, 1, of(4)).vm(2, 1, of(3));
    }

    @Test
    void saysNothingOfAHostWhoseTurnFindsEverythingAsItIsNow() {
        assertThat(rebooting(tight()).rows())
                .extracting(PrecheckRow::code)
                .doesNotContain("NO_ROOM_IN_TURN", "ROLLING_ORDER_FITS");
    }

    @Test
    void blocksAHostThatWillHaveTheVmsOfOthersWhenItsTurnComes() {
        TestPool pool = pool(5, 9, 0).vm(0, 0, of(6)).vm(1, 1, of(4));

        assertThat(rebooting(pool).leavingVms().rows("NO_ROOM_IN_TURN"))
                .as("host 1 has vm-0 too by then, and host 0 room for 11 GiB")
                .isEmpty();

        TestPool full = pool(1, 9, 0).vm(0, 0, of(6)).vm(1, 1, of(4));
        assertThat(rebooting(full).leavingVms().rows("NO_ROOM_IN_TURN"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.hostUuid()).isEqualTo(TestPool.host(1).value());
                    assertThat(row.parameters())
                            .containsEntry("vms", List.of("vm-1"))
                            .containsEntry("strangers", List.of("vm-0"))
                            .containsEntry("before", List.of("host-0"))
                            .containsEntry("targets", List.of("host-0", "host-2"));
                    assertThat(row.title()).contains("vm-1", "host-1");
                    assertThat(row.detail()).contains("vm-0", "host-0", "HOME");
                });
    }

    @Test
    void aHostWithoutTheirStorageIsNoPlaceForVmsHoweverMuchRoomItHas() {
        TestPool pool = pool(1, 9, 40).vm(0, 0, of(6)).vm(1, 1, of(4));
        assertThat(rebooting(pool).targets(0, 1).leavingVms().rows("NO_ROOM_IN_TURN"))
                .isEmpty();

        pool.change(2, TestPool.storage());
        assertThat(rebooting(pool).targets(0, 1).leavingVms().rows("NO_ROOM_IN_TURN"))
                .singleElement()
                .satisfies(row -> assertThat(row.parameters()).containsEntry("vms", List.of("vm-1")));
    }

    /** The server names it when it is asked about its host; nothing is said twice. */
    @Test
    void aVmThatCanRunNowhereElseIsNoMatterOfTheOrder() {
        SrSnapshot local = new SrSnapshot(new SrUuid(new UUID(0, 301)), "local", "lvm", "user", false, false);
        TestPool pool = pool(9, 9, 9).sr(local).vm(0, 0, of(6)).vm(1, 1, TestVm.that(vm -> vm.storage(local)));

        assertThat(rebooting(pool).leavingVms().rows("NO_ROOM_IN_TURN")).isEmpty();
    }

    @Test
    void findsRoomWhereTheVmsComeHomeInBetween() {
        TestPool full = pool(1, 9, 0).vm(0, 0, of(6)).vm(1, 1, of(4));

        assertThat(rebooting(full).rows("NO_ROOM_IN_TURN")).isEmpty();
    }

    @Test
    void saysThatThereIsRoomWhereTheOrderChangesThings() {
        TestPool pool = pool(12, 12, 12).vm(0, 0, of(2)).vm(1, 1, of(2));

        assertThat(rebooting(pool).leavingVms().rows("ROLLING_ORDER_FITS")).hasSize(1);
    }

    /** The widest place first leaves no room for the largest; the tightest fit does. Nobody knows which the server takes. */
    @Test
    void warnsWhereItDependsOnHowTheServerPlacesThem() {
        TestPool pool = pool(2, 5, 3).vm(0, 0, of(2)).vm(1, 1, of(3)).vm(2, 1, of(2));

        assertThat(rebooting(pool).leavingVms().rows("NO_ROOM_IN_TURN"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.WARNING);
                    assertThat(row.hostUuid()).isEqualTo(TestPool.host(1).value());
                    assertThat(row.title()).contains("may be no room");
                });
    }

    @Test
    void warnsOnlyWhereAServerDoesNotSayHowMuchMemoryItHas() {
        TestPool pool = pool(1, 9, 0)
                .change(0, TestPool.memory(0, 0))
                .change(2, TestPool.memory(0, 0))
                .vm(0, 0, of(6))
                .vm(1, 1, of(4));

        assertThat(rebooting(pool).leavingVms().rows("NO_ROOM_IN_TURN"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void doesNotCountAHostThatEndsDisabledAsAPlaceForTheNext() {
        TestPool pool = pool(16, 8).change(0, TestPool.enabled(false)).vm(1, 1, of(4));

        assertThat(rebooting(pool).includeMaintenance().rows("NO_ROOM_IN_TURN")).isEmpty();
    }

    /** The others are skipped then (R28). */
    @Test
    void saysNothingOfTurnsThatDoNotComeBecauseTheFirstHostStaysDisabled() {
        TestPool full = pool(1, 9).vm(0, 0, of(6)).vm(1, 1, of(4));

        assertThat(rebooting(full).leavingVms().manual().leaveDisabled().rows("NO_ROOM_IN_TURN"))
                .isEmpty();
    }

    @Test
    void leavesOutWhomTheRequestLetsBeLeftOut() {
        TestPool full = pool(1, 9, 0).vm(0, 0, of(6)).vm(1, 1, of(4));

        Judgement judgement = rebooting(full).leavingVms().skipHost().judgement();

        assertThat(judgement.leftOut()).contains(TestPool.host(1));
        assertThat(judgement.rows()).extracting(PrecheckRow::code).contains("HOST_LEFT_OUT");
    }

    @Test
    void movesVmsOntoUpdatedHostsButNotOntoOlderOnes() {
        TestPool mixed = pool(8, 8, 8)
                .change(0, host -> TestPool.version("xen", "4.13.5").apply(host))
                .change(1, host -> TestPool.version("xen", "4.13.6").apply(host))
                .change(2, host -> TestPool.version("xen", "4.13.5").apply(host))
                .vm(1, 1, of(2));

        // host 0 and 2 are older than host 1 now; when its turn comes host 0 has the update
        assertThat(rebooting(mixed).rows("NO_ROOM_IN_TURN")).isEmpty();
    }

    @Test
    void aHostIsNoPlaceForGuestsOfANewerOne() {
        List<HostSnapshot> hosts = TestPool.of(3)
                .change(0, TestPool.version("xen", "4.13.5-9.1"))
                .change(1, TestPool.version("xen", "4.13.5-9.2"))
                .change(2, TestPool.version("xen", "4.13.5-9.2"))
                .snapshot()
                .hosts();

        assertThat(hosts.get(1).isNotOlderThan(hosts.get(0))).isTrue();
        assertThat(hosts.get(0).isNotOlderThan(hosts.get(1))).isFalse();
        assertThat(hosts.get(2).isNotOlderThan(hosts.get(1))).isTrue();
    }
}
