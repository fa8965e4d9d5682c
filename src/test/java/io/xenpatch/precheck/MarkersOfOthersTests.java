package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other tools leave in {@code other_config} (P5.13). */
class MarkersOfOthersTests {
    private static final String CODE = "MARKER_OF_ANOTHER_TOOL";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xo:barrier:4711",
                "wlb_optimizing_pool",
                "acme.MaintenanceWindow",
                "rolling_reboot",
                "patching-by"
            })
    void namesTheKeyAndNotItsValue(String key) {
        assertThat(Judging.of(TestPool.of(2).otherConfig(key, "hunter2")).rows(CODE))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.WARNING);
                    assertThat(row.scope()).isEqualTo(Scope.POOL);
                    assertThat(row.title()).contains("lab", key);
                    assertThat(row.parameters()).containsEntry("key", key);
                    assertThat(row.toString()).doesNotContain("hunter2");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xenpatch:maintenance",
                "rolling_upgrade_in_progress",
                "auto_poweron",
                "xo:clientInfo:1",
                "hci-limit-fault-tolerance"
            })
    void otherKeysAreNoMarkers(String key) {
        assertThat(Judging.of(TestPool.of(2).otherConfig(key, "true")).rows(CODE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "false", "False", "0"})
    void aMarkerThatSaysNoIsNone(String value) {
        assertThat(Judging.of(TestPool.of(2).otherConfig("maintenance", value)).rows(CODE))
                .isEmpty();
    }

    @Test
    void hostsCarryMarkersTooDeadOnesIncluded() {
        TestPool pool = TestPool.of(3)
                .change(1, TestPool.hostConfig(Map.of("patching_by", "ansible")))
                .change(2, TestPool.hostConfig(Map.of("patching_by", "ansible")))
                .change(2, TestPool.live(false));

        assertThat(Judging.of(pool).targets(0).rows(CODE))
                .extracting(PrecheckRow::subjectUuid)
                .containsExactly(TestPool.host(1).value(), TestPool.host(2).value());
    }

    @Test
    void aPersonsMaintenanceIsSaidOnce() {
        TestPool pool = TestPool.of(2)
                .change(
                        1,
                        TestPool.hostConfig(
                                Map.of("MAINTENANCE_MODE", "true", "MAINTENANCE_MODE_EVACUATED_VMS_MIGRATED", "x")));
        TestPool leftBehind =
                TestPool.of(2).change(1, TestPool.hostConfig(Map.of("MAINTENANCE_MODE_EVACUATED_VMS_MIGRATED", "x")));

        assertThat(Judging.of(pool).rows(CODE)).isEmpty();
        assertThat(Judging.of(pool).rows("HOST_IN_MAINTENANCE")).hasSize(1);
        assertThat(Judging.of(leftBehind).rows(CODE)).hasSize(1);
    }

    @Test
    void nothingIsSaidWhereNothingIsDone() {
        assertThat(Judging.of(TestPool.of(1).otherConfig("maintenance", "true").appliedOn(0))
                        .rows(CODE))
                .isEmpty();
    }
}
