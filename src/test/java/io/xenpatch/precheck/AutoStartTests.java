package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.LivePatchStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Halted guests that start by themselves when a host boots (XC-36, R35). */
class AutoStartTests {
    private static final String CODE = "POOL_AUTO_START";

    @Test
    void namesWhatWouldStartAndWhere() {
        assertThat(rebooting(pool().otherConfig("auto_poweron", "true")).rows(CODE))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.WARNING);
                    assertThat(row.fix()).isEqualTo(Fixes.AUTO_START_OFF);
                    assertThat(row.parameters())
                            .containsEntry("vms", List.of("vm-1"))
                            .containsEntry("hosts", List.of("host-0", "host-1"));
                });
    }

    @Test
    void aPoolThatDoesNotSaySoStartsNothing() {
        assertThat(rebooting(pool()).rows(CODE)).isEmpty();
        assertThat(rebooting(pool().otherConfig("auto_poweron", "false")).rows(CODE))
                .isEmpty();
    }

    @Test
    void withoutARebootNothingStarts() {
        TestPool pool = pool().otherConfig("auto_poweron", "true").guidance(Guidance.RESTART_TOOLSTACK);

        assertThat(Judging.of(pool).rows(CODE)).isEmpty();
    }

    @Test
    void whereNoHaltedGuestIsMarkedThereIsNothingToSay() {
        TestPool pool = TestPool.of(2)
                .otherConfig("auto_poweron", "true")
                .vm(1, 0, TestVm.that(TestVm::halted))
                .vm(2, 0, TestVm.that(TestVm::startsByItself));

        assertThat(rebooting(pool).rows(CODE)).isEmpty();
    }

    @Test
    void aDeadHostDoesNotChangeWhatTheOthersStart() {
        TestPool pool = pool().otherConfig("auto_poweron", "true").change(1, TestPool.live(false));

        assertThat(rebooting(pool).targets(0).rows(CODE)).hasSize(1);
    }

    private static TestPool pool() {
        return TestPool.of(2)
                .vm(1, 0, TestVm.that(vm -> vm.halted().startsByItself()))
                .vm(2, 0, TestVm.that(TestVm::halted));
    }

    private static Judging rebooting(TestPool pool) {
        return Judging.of(pool).livePatch(LivePatchStatus.NONE);
    }
}
