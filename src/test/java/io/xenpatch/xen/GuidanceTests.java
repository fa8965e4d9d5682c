package io.xenpatch.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuidanceTests {

    @ParameterizedTest
    @CsvSource({
        "restartHost, REBOOT_HOST",
        "RebootHost, REBOOT_HOST",
        "reboot_host, REBOOT_HOST",
        "restartXAPI, RESTART_TOOLSTACK",
        "RestartToolstack, RESTART_TOOLSTACK",
        "restart_device_model, RESTART_DEVICE_MODEL",
        "restartHVM, RESTART_HVM",
        "restartPV, RESTART_PV",
        "RestartVM, RESTART_VM",
        "EvacuateHost, EVACUATE_HOST",
        "reboot_host_on_livepatch_failure, REBOOT_HOST_ON_LIVE_PATCH_FAILURE",
        "reboot_host_on_kernel_livepatch_failure, REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE",
        "RebootHostOnXenLivePatchFailure, REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE",
        "somethingNew, UNKNOWN"
    })
    void readsEverySpellingOfTheServer(String word, Guidance expected) {
        assertThat(Guidance.parse(word)).isEqualTo(expected);
    }

    @Test
    void letsARebootAbsorbAllButVmRestarts() {
        assertThat(UpdateTask.absorb(EnumSet.allOf(UpdateTask.class)))
                .containsExactlyInAnyOrder(UpdateTask.REBOOT_HOST, UpdateTask.RESTART_VM);
    }

    @ParameterizedTest
    @CsvSource({"EVACUATE_HOST", "RESTART_VM"})
    void letsSmallerTasksAbsorbADeviceModelRestart(UpdateTask larger) {
        assertThat(UpdateTask.absorb(Set.of(larger, UpdateTask.RESTART_DEVICE_MODEL)))
                .containsExactly(larger);
    }
}
