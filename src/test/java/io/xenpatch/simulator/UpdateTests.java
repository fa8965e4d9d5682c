package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code pool_update} channel. */
class UpdateTests extends SimulatorTest {
    private static final Duration APPLY = Duration.ofSeconds(70);
    private static final Duration PRECHECK = Duration.ofSeconds(10);

    private String update(String name) {
        return client().named("pool_update", name);
    }

    private List<String> refs(String method, String ref) {
        return client().call(method, ref)
                .valueStream()
                .map(each -> each.stringValue())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "LIVE, restartHost, ok_livepatch_complete, false, LIVE_PATCHED",
        "REBOOT, restartHost, ok, true,",
        "TOOLSTACK, restartXAPI, ok, false,",
        "NOTHING, , ok, false,",
        "FAILS, restartHost, ok_livepatch_complete, true, LIVE_PATCH_FAILED"
    })
    void presetUpdatesBehaveAsTheirNamesSay(
            String name, String guidance, String precheck, boolean needsReboot, JournalAction patched) {
        start(Scenario.generated(1, 2, 0));
        var update = update(name);
        var host = client().host(1);
        assertThat(refs("pool_update.get_after_apply_guidance", update))
                .isEqualTo(guidance == null ? List.of() : List.of(guidance));

        assertThat(runWell(PRECHECK, "pool_update.precheck", update, host)
                        .get("result")
                        .stringValue())
                .isEqualTo("<value>" + precheck + "</value>");
        runWell(APPLY, "pool_update.apply", update, host);

        assertThat(refs("pool_update.get_hosts", update)).containsExactly(host);
        assertThat(refs("host.get_updates", host)).containsExactly(update);
        assertThat(refs("host.get_updates_requiring_reboot", host))
                .isEqualTo(needsReboot ? List.of(update) : List.of());
        assertThat(client().map("host.get_software_version", host).containsKey("xen_livepatches"))
                .isEqualTo(patched == JournalAction.LIVE_PATCHED);
        var expected = patched == null
                ? List.of(JournalAction.PRECHECK, JournalAction.APPLY)
                : List.of(JournalAction.PRECHECK, JournalAction.APPLY, patched);
        assertThat(actionsOn(1)).isEqualTo(expected);
    }

    @Test
    void notesInTheOldFormSinceWhenAHostHasAnUpdate() {
        start(Scenario.pool("updates").hosts(2).update("TOOLSTACK"));
        var host = client().host(1);
        runWell(APPLY, "pool_update.apply", update("TOOLSTACK"), host);

        var noted = refs("host.get_patches", host).get(0);
        var mirror = client().call("host_patch.get_pool_patch", noted).stringValue();
        assertThat(client().call("pool_patch.get_pool_update", mirror).stringValue())
                .isEqualTo(update("TOOLSTACK"));
        assertThat(refs("pool_patch.get_after_apply_guidance", mirror)).containsExactly("restartXAPI");
        assertThat(client().call("host_patch.get_timestamp_applied", noted).stringValue())
                .as("a minute after the call")
                .isEqualTo("20261124T06:01:00Z");
    }

    @Test
    void rebootSettlesWhatTheLivePatchLeft() {
        start(Scenario.pool("updates").hosts(2).update("FAILS").update("LIVE"));
        runWell(APPLY, "pool_update.apply", update("FAILS"), client().host(1));
        runWell(APPLY, "pool_update.apply", update("LIVE"), client().host(1));
        client().call("host.disable", client().host(1));
        client().call("host.reboot", client().host(1));

        advance(Duration.ofMinutes(5));

        assertThat(refs("host.get_updates_requiring_reboot", client().host(1))).isEmpty();
        assertThat(refs("host.get_updates", client().host(1))).hasSize(2);
        assertThat(client().map("host.get_software_version", client().host(1))).doesNotContainKey("xen_livepatches");
    }

    @Test
    void loadsTheLivePatchWhateverThePoolSays() {
        start(Scenario.pool("updates").livePatchingDisabled().notLicensed().update("LIVE"));

        runWell(APPLY, "pool_update.apply", update("LIVE"), client().host(0));

        assertThat(actions()).contains(JournalAction.LIVE_PATCHED);
        assertThat(client().map("host.get_license_params", client().host(0)))
                .containsEntry("restrict_live_patching", "true");
    }

    @Test
    void failsPerHostAsTheScenarioSays() {
        start(Scenario.pool("updates")
                .hosts(3)
                .update(
                        "MIXED",
                        update -> update.guidance("restartHost")
                                .precheck("ok_livepatch_complete")
                                .precheckOn(1, "ok_livepatch_incomplete")
                                .precheckFailsOn(2, "PATCH_PRECHECK_FAILED_VM_RUNNING", "$update")
                                .livePatchFailsOn(0)));
        var update = update("MIXED");

        assertThat(run(PRECHECK, "pool_update.precheck", update, client().host(1))
                        .toString())
                .contains("ok_livepatch_incomplete");
        assertThat(errorInfo(run(PRECHECK, "pool_update.precheck", update, client().host(2))))
                .containsExactly("PATCH_PRECHECK_FAILED_VM_RUNNING", update);
        assertThat(errorInfo(run(APPLY, "pool_update.apply", update, client().host(2))))
                .containsExactly("PATCH_PRECHECK_FAILED_VM_RUNNING", update);
        runWell(APPLY, "pool_update.apply", update, client().host(0));
        assertThat(refs("host.get_updates_requiring_reboot", client().host(0))).containsExactly(update);
        assertThat(refs("host.get_updates", client().host(2))).isEmpty();
    }

    @Test
    void appliesOnceAndOnlyOneAtATime() {
        start(Scenario.pool("updates").update("LIVE").update("REBOOT", update -> update.appliedOn(0)));

        assertThat(errorInfo(run(PRECHECK, "pool_update.apply", update("REBOOT"), client().host(0))))
                .containsExactly("UPDATE_ALREADY_APPLIED", update("REBOOT"));
        client().text("Async.pool_update.apply", update("LIVE"), client().host(0));
        assertThat(errorInfo(run(PRECHECK, "pool_update.apply", update("LIVE"), client().host(0))))
                .startsWith("OTHER_OPERATION_IN_PROGRESS", "Applying the update");
    }

    @Test
    void cleanedUpdateIsNotFound() {
        start(Scenario.pool("updates").update("LIVE"));
        runWell(PRECHECK, "pool_update.pool_clean", update("LIVE"));

        assertThat(errorInfo(run(PRECHECK, "pool_update.precheck", update("LIVE"), client().host(0))))
                .containsExactly("CANNOT_FIND_UPDATE");
    }

    @Test
    void appliedUpdateIsNotDestroyed() {
        start(Scenario.pool("updates")
                .update("LIVE", update -> update.appliedOn(0))
                .update("REBOOT"));

        assertThat(client().failure("pool_update.destroy", update("LIVE"))).containsExactly("UPDATE_IS_APPLIED");
        client().call("pool_update.destroy", update("REBOOT"));
        assertThat(client().call("pool_update.get_all").size()).isEqualTo(1);
        assertThat(client().call("pool_patch.get_all").size()).isEqualTo(1);
    }

    @Test
    void raisesVersionsWhenTheToolstackStarts() {
        start(Scenario.pool("updates")
                .hosts(2)
                .update("NEWER", update -> update.software("xapi", "1.250").software("xen", "4.13.5-1")));
        runWell(APPLY, "pool_update.apply", update("NEWER"), client().host(1));
        client().call("host.restart_agent", client().host(1));
        advance(Duration.ofSeconds(30));

        assertThat(client().map("host.get_software_version", client().host(1)))
                .containsEntry("xapi", "1.250")
                .containsEntry("xen", "4.13.4-9.19");
        var pool = client().call("pool.get_all").get(0).stringValue();
        assertThat(client().map("pool.get_other_config", pool)).containsEntry("rolling_upgrade_in_progress", "true");
    }
}
