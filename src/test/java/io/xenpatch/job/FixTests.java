package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fix is made before it is needed and taken back whatever happens, unless somebody else has changed the same thing (R34, R35). */
class FixTests {

    @ParameterizedTest
    @EnumSource(TestFix.class)
    void isTakenBackWhenTheJobSucceeds(TestFix fix) {
        try (VirtualRun run = VirtualRun.of(fix.scenario(pool -> pool))) {
            String before = fix.seen(run.seen());

            PoolUpdate ended = job(run, fix);

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED)).hasSize(2);
            assertReverted(run, fix, ended, before);
            assertThat(ended.hosts()).allMatch(host -> host.warnings().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(TestFix.class)
    void isTakenBackWhenAHostFails(TestFix fix) {
        try (VirtualRun run = VirtualRun.of(fix.scenario(pool -> pool))) {
            String before = fix.seen(run.seen());
            run.pool().inject(Fault.on(run.seen().uuid().toString(), FaultKind.APPLY_FAILS));

            PoolUpdate ended = job(run, fix);

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
            assertReverted(run, fix, ended, before);
        }
    }

    @ParameterizedTest
    @EnumSource(TestFix.class)
    void isTakenBackWhenTheJobIsCancelled(TestFix fix) {
        try (VirtualRun run = VirtualRun.of(fix.scenario(pool -> pool))) {
            String before = fix.seen(run.seen());

            PoolUpdate ended = run.job(
                    fix.channel().choice(run),
                    Set.of(),
                    policy(fix),
                    () -> stands(run, fix),
                    () -> run.store().requestCancel(run.only().job(), List.of()));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.CANCELLED);
            assertThat(run.hosts(JournalAction.APPLY)).isEmpty();
            assertReverted(run, fix, ended, before);
        }
    }

    @ParameterizedTest(name = "{0}: {1}, written {2}")
    @CsvSource({
        "HA_OFF, MAKING, true",
        "HA_OFF, MADE, false",
        "HA_OFF, REVERTING, true",
        "HA_OFF, REVERTED, false",
        "WLB_OFF, MAKING, true",
        "WLB_OFF, MADE, false",
        "WLB_OFF, REVERTING, true",
        "WLB_OFF, REVERTED, false",
        "AUTO_START_OF_THE_POOL, MAKING, true",
        "AUTO_START_OF_THE_POOL, MADE, false",
        "AUTO_START_OF_THE_POOL, REVERTED, false",
        "AUTO_START_OF_A_VM, MAKING, true",
        "AUTO_START_OF_A_VM, MADE, false",
        "AUTO_START_OF_A_VM, REVERTED, false",
        "PAUSE_UPDATE_SYNC, MAKING, true",
        "PAUSE_UPDATE_SYNC, MADE, false",
        "PAUSE_UPDATE_SYNC, REVERTED, false",
        "EJECT_CD, MAKING, true",
        "EJECT_CD, MADE, false",
        "EJECT_CD, REVERTED, false",
        "SUSPEND_VM, MAKING, true",
        "SUSPEND_VM, MADE, false",
        "SUSPEND_VM, REVERTING, true",
        "SUSPEND_VM, REVERTED, false",
        "SHUTDOWN_VM_CLEAN, MAKING, true",
        "SHUTDOWN_VM_CLEAN, MADE, false",
        "SHUTDOWN_VM_CLEAN, REVERTED, false",
        "SHUTDOWN_VM_HARD, MAKING, true",
        "SHUTDOWN_VM_HARD, MADE, false",
        "SHUTDOWN_VM_HARD, REVERTED, false"
    })
    void isTakenBackByAnotherProcessWhenOneDiesBetweenTheCallAndItsRecord(TestFix fix, FixState at, boolean written) {
        try (VirtualRun run = VirtualRun.of(fix.scenario(pool -> pool))) {
            String before = fix.seen(run.seen());
            Predicate<KeptFix> committed =
                    kept -> kept.state() == at && (at != FixState.MAKING || kept.intentAt() != null);
            run.store().dieWhen(pool -> kept(pool, fix).stream().anyMatch(committed), written);

            PoolUpdate ended = job(run, fix);

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertReverted(run, fix, ended, before);
        }
    }

    @ParameterizedTest
    @EnumSource(TestFix.class)
    void leavesWhatAPersonChangedMeanwhile(TestFix fix) {
        try (VirtualRun run = VirtualRun.of(fix.scenario(pool -> pool))) {
            AtomicReference<String> theirs = new AtomicReference<>("nobody changed anything");
            PoolUpdate ended = run.job(
                    fix.channel().choice(run),
                    Set.of(),
                    policy(fix),
                    () -> stands(run, fix) && !run.hosts(JournalAction.APPLY).isEmpty(),
                    () -> {
                        String ours = fix.seen(run.seen());
                        fix.person(run);
                        run.pool().advanceTo(run.pool().instant().plusSeconds(30));
                        theirs.set(fix.seen(run.seen()));
                        assertThat(theirs.get()).isNotEqualTo(ours);
                    });

            assertThat(fix.seen(run.seen())).as("%s", ended).isEqualTo(theirs.get());
            KeptFix kept = kept(ended, fix).stream()
                    .filter(each -> each.host() == null || each.planned().name().equals("guest"))
                    .findFirst()
                    .orElseThrow();
            assertThat(kept.state()).as("%s", kept).isEqualTo(fix.afterAPerson());
            if (kept.state() == FixState.LEFT) {
                assertThat(Objects.requireNonNull(kept.failure()).code()).isEqualTo(Reasons.FIX_LEFT);
            }
        }
    }

    /** R35: without a request's word nothing is changed. */
    @ParameterizedTest
    @EnumSource(
            value = TestFix.class,
            names = {"HA_OFF", "WLB_OFF", "EJECT_CD", "SUSPEND_VM", "SHUTDOWN_VM_CLEAN"})
    void isNotMadeUnlessTheRequestAllowsIt(TestFix fix) {
        try (VirtualRun run = VirtualRun.of(fix.scenario(pool -> pool))) {
            String before = fix.seen(run.seen());

            PoolUpdate ended = run.job(fix.channel().choice(run), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).isEqualTo(PoolUpdateState.REJECTED);
            assertThat(ended.fixes()).isEmpty();
            assertThat(fix.seen(run.seen())).isEqualTo(before);
        }
    }

    private static PoolUpdate job(VirtualRun run, TestFix fix) {
        return run.job(fix.channel().choice(run), Set.of(), policy(fix));
    }

    private static UpdatePolicy policy(TestFix fix) {
        return UpdatePolicy.defaults().allowing(fix.allowed());
    }

    private static boolean stands(VirtualRun run, TestFix fix) {
        return kept(run.only(), fix).stream().anyMatch(made -> made.state() == FixState.MADE);
    }

    private static List<KeptFix> kept(PoolUpdate pool, TestFix fix) {
        return pool.fixes().stream().filter(kept -> kept.code() == fix.code()).toList();
    }

    private static void assertReverted(VirtualRun run, TestFix fix, PoolUpdate ended, String before) {
        assertThat(kept(ended, fix))
                .as("%s", ended.fixes())
                .filteredOn(kept -> kept.state() != FixState.NEEDLESS)
                .isNotEmpty()
                .extracting(KeptFix::state)
                .containsOnly(FixState.REVERTED);
        assertThat(fix.seen(run.seen())).isEqualTo(before);
    }
}
