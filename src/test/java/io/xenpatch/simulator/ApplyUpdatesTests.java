package io.xenpatch.simulator;

import static io.xenpatch.simulator.repository.LivePatchComponent.KERNEL;
import static io.xenpatch.simulator.repository.LivePatchComponent.XEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code host.apply_updates}. */
class ApplyUpdatesTests extends RepositoryTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(10);
    /** Longer than a guest needs for anything. */
    private static final Duration GUEST = Duration.ofSeconds(20);

    private static final String NOTHING_FAILED = "<value><array><data></data></array></value>";

    private Fault fault(FaultKind kind) {
        return Fault.on(pool().poolUuid(), kind);
    }

    private void inject(Fault fault) {
        simulator().inject(fault);
    }

    /** An update that every host of a synchronised repository lacks. */
    private static PoolScenario poolWith(UnaryOperator<PublishedUpdate> update) {
        return pool(repository -> repository
                .synchronised()
                .everyHost(host -> host.installed("tool-1.0-1.x86_64"))
                .update("UPDATE", published -> update.apply(published.packages("tool-1.0-2.x86_64"))));
    }

    @ParameterizedTest
    @CsvSource({
        "LIVE, , restart_toolstack, LIVE_PATCHED",
        "REBOOT, , reboot_host, ",
        "TOOLSTACK, restart_toolstack, , ",
        "NOTHING, , , ",
        "FAILS, , reboot_host_on_kernel_livepatch_failure reboot_host_on_xen_livepatch_failure restart_toolstack,"
                + " LIVE_PATCH_FAILED"
    })
    void everySetLeavesBehindWhatItsNameSays(
            UpdateSet set, String mandatory, String recommended, JournalAction patched) {
        start(pool(set));

        var result = applied(1);

        assertThat(result.contains("APPLY_LIVEPATCH_FAILED")).isEqualTo(set == UpdateSet.FAILS);
        assertThat(pending(1, "")).isEqualTo(listOf(mandatory));
        assertThat(pending(1, "_recommended")).isEqualTo(listOf(recommended));
        assertThat(pending(1, "_full")).isEmpty();
        assertThat(actionsOn(1))
                .containsExactlyElementsOf(
                        patched == null
                                ? List.of(JournalAction.DISABLE, JournalAction.APPLY)
                                : List.of(JournalAction.DISABLE, patched, patched, JournalAction.APPLY));
    }

    private static List<String> listOf(String words) {
        return words == null ? List.of() : List.of(words.split(" ", -1));
    }

    @Test
    void notesOnTheHostWhatItHasAndSinceWhen() {
        start(pool(UpdateSet.NOTHING));

        assertThat(applied(1)).isEqualTo(NOTHING_FAILED);

        assertThat(host(1).get("last_update_hash").stringValue()).isEqualTo(hash());
        assertThat(host(1).get("last_software_update").stringValue()).startsWith("20261124T06:0");
        assertThat(host(1).get("latest_synced_updates_applied").stringValue()).isEqualTo("yes");
        assertThat(host(2).get("last_update_hash").stringValue()).isEmpty();
    }

    /** Trap 14. */
    @Test
    void hostWithTheOldSetStillSaysThatItHasTheLatestUntilSomebodySynchronises() {
        start(pool(repository -> UpdateSets.fill(repository, UpdateSet.NOTHING)
                .synchronised()
                .later("UPDATE-LATER", update -> update.packages("xsconsole-11.0.7-1.xs8.x86_64"))));
        applied(1);
        var first = hash();
        assertThat(host(1).get("last_update_hash").stringValue()).isEqualTo(first);

        inject(fault(FaultKind.UPDATES_CHANGE));
        assertThat(errorInfo(run(APPLY, "host.apply_updates", client().host(2), first)))
                .containsExactly("UPDATEINFO_HASH_MISMATCH");

        assertThat(hash()).isNotEqualTo(first);
        assertThat(host(1).get("last_update_hash").stringValue()).isEqualTo(first);
        assertThat(host(1).get("latest_synced_updates_applied").stringValue()).isEqualTo("no");
        assertThat(words(updatesOf(1).get("updates"))).containsExactly("UPDATE-LATER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdef"})
    void hashMustBeTheOneOfTheLastSynchronisation(String hash) {
        start(pool(UpdateSet.NOTHING));

        assertThat(client().failure("host.apply_updates", client().host(1), hash))
                .containsExactly("UPDATEINFO_HASH_MISMATCH");
    }

    @Test
    void onlyOneHostOfAPoolIsUpdatedAtATime() {
        start(pool(UpdateSet.NOTHING));
        var first = client().text("Async.host.apply_updates", client().host(1), hash());
        advance(A_MOMENT);

        assertThat(client().map("pool.get_current_operations", poolRef())).containsEntry(first, "apply_updates");
        assertThat(client().map("host.get_current_operations", client().host(1)))
                .containsEntry(first, "apply_updates");
        for (var call : List.of("host.apply_updates", "pool.sync_updates")) {
            var params =
                    call.startsWith("host") ? new Object[] {client().host(2), hash()} : new Object[] {poolRef(), false};
            assertThat(client().failure(call, params)).containsExactly("APPLY_UPDATES_IN_PROGRESS");
        }
        advance(APPLY);
        assertThat(task(first).get("status").stringValue()).isEqualTo("success");
        assertThat(client().map("pool.get_current_operations", poolRef())).isEmpty();
        assertThat(applied(2)).isEqualTo(NOTHING_FAILED);
    }

    @Test
    void highAvailabilityForbidsItBeforeTheHostIsDisabled() {
        start(pool(UpdateSet.NOTHING).haEnabled());

        assertThat(client().failure("host.apply_updates", client().host(1), hash()))
                .containsExactly("HA_IS_ENABLED");
        assertThat(host(1).get("enabled").booleanValue()).isTrue();
    }

    @Test
    void refusalAfterTheHostWasDisabledLeavesItDisabled() {
        start(pool(UpdateSet.NOTHING));

        assertThat(client().failure("host.apply_updates", client().host(1), "stale"))
                .containsExactly("UPDATEINFO_HASH_MISMATCH");

        assertThat(host(1).get("enabled").booleanValue()).isFalse();
        assertThat(journal())
                .anyMatch(entry -> entry.action() == JournalAction.DISABLE
                        && entry.detail().equals("automatic"));
    }

    /** Trap 5. */
    @Test
    void hostStaysDisabledAlthoughNothingIsPending() {
        start(pool(UpdateSet.NOTHING));
        applied(1);

        assertThat(host(1).get("enabled").booleanValue()).isFalse();
        client().call("host.enable", client().host(1));
        assertThat(host(1).get("enabled").booleanValue()).isTrue();
    }

    @Test
    void hostThatIsUpToDateIsDoneAtOnceAndIsNotedAllTheSame() {
        start(pool(UpdateSet.NOTHING));
        applied(1);
        var before = host(1).get("last_software_update").stringValue();

        assertThat(runWell(A_MOMENT, "host.apply_updates", client().host(1), hash())
                        .get("result")
                        .stringValue())
                .isEqualTo(NOTHING_FAILED);
        assertThat(host(1).get("last_software_update").stringValue()).isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RebootHost", "EvacuateHost"})
    void mandatoryGuidanceWantsAnEmptyHost(String guidance) {
        start(poolWith(update -> update.mandatory(guidance)));

        assertThat(errorInfo(apply(1))).containsExactly("HOST_EVACUATION_IS_REQUIRED", client().host(1));
        client().call("host.disable", client().host(1));
        runWell(Duration.ofMinutes(1), "host.evacuate", client().host(1));

        applied(1);
        assertThat(pending(1, "")).isEqualTo(guidance.equals("RebootHost") ? List.of("reboot_host") : List.of());
    }

    /** Trap 2: the word is singular. */
    @Test
    void pendingMandatoryGuidanceForbidsTheNextApplicationAndEnabling() {
        start(pool(UpdateSet.TOOLSTACK));
        applied(1);
        var refusal = List.of("HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY", client().host(1));

        assertThat(client().failure("host.apply_updates", client().host(1), hash()))
                .isEqualTo(refusal);
        assertThat(client().failure("host.enable", client().host(1))).isEqualTo(refusal);

        restartToolstack(1);
        assertThat(pending(1, "")).isEmpty();
        assertThat(host(1).get("enabled").booleanValue()).isTrue();
    }

    @Test
    void toolstackStartDoesNotEnableAHostThatMustReboot() {
        start(poolWith(update -> update.mandatory("RebootHost")).vmsEach(0));
        applied(1);

        restartToolstack(1);

        assertThat(pending(1, "")).containsExactly("reboot_host");
        assertThat(host(1).get("enabled").booleanValue()).isFalse();
        reboot(1);
        assertThat(pending(1, "")).isEmpty();
        assertThat(host(1).get("enabled").booleanValue()).isTrue();
    }

    @Test
    void livePatchesAreLoadedAtOnceAndGoneAfterTheNextBoot() {
        start(pool(UpdateSet.LIVE));
        var before = client().map("host.get_software_version", client().host(1));
        applied(1);

        assertThat(client().map("host.get_software_version", client().host(1)))
                .containsEntry("xen_livepatches", "lp_4.17.3-3.10.xs8-4.17.3-3.11.xs8")
                .containsEntry("kernel_livepatches", "lp_4.19.0-8.0.1.xs8-4.19.0-8.0.2.xs8")
                .containsEntry("xen", before.get("xen"));

        reboot(1);
        assertThat(client().map("host.get_software_version", client().host(1)))
                .doesNotContainKeys("xen_livepatches", "kernel_livepatches")
                .containsEntry("xen", "4.17.3-3.11")
                .containsEntry("linux", "4.19.0+2");
        assertThat(pending(1, "_recommended")).isEmpty();
        runWell(SYNC, "pool.sync_updates", poolRef(), false);
        assertThat(updatesOf(1).get("livepatches").size()).isZero();
    }

    @Test
    void toolstackStartShowsNewVersionsButNotThoseThatNeedABoot() {
        start(poolWith(update -> update.software("xapi_build", "26.18.0").software("linux", "4.19.0+9")));
        applied(1);
        assertThat(client().map("host.get_software_version", client().host(1))).containsEntry("xapi_build", "26.17.0");

        restartToolstack(1);

        assertThat(client().map("host.get_software_version", client().host(1)))
                .containsEntry("xapi_build", "26.18.0")
                .containsEntry("linux", "4.19.0+1");
    }

    /** Trap 6. */
    @Test
    void failedLivePatchIsSeenOnlyInTheResultAndInTheRecommendedList() {
        start(pool(UpdateSet.FAILS));

        var result = applied(1);

        assertThat(result).contains("APPLY_LIVEPATCH_FAILED", "base_build_id", "4.17.3");
        assertThat(updatesOf(1).get("RPMS").size()).isZero();
        assertThat(updatesOf(1).get("livepatches").size()).isZero();
        assertThat(host(1).get("latest_synced_updates_applied").stringValue()).isEqualTo("yes");
        assertThat(host(1).get("last_update_hash").stringValue()).isEqualTo(hash());
        assertThat(pending(1, "_recommended"))
                .contains("reboot_host_on_xen_livepatch_failure", "reboot_host_on_kernel_livepatch_failure");
        reboot(1);
        assertThat(pending(1, "_recommended")).isEmpty();
    }

    @Test
    void secondApplicationTriesAFailedLivePatchAgainAndTakesBackWhatItRecommended() {
        start(pool(UpdateSet.LIVE));
        inject(fault(FaultKind.LIVE_PATCH_FAILS));
        applied(1);
        var failed = pending(1, "_recommended").stream()
                .filter(word -> word.startsWith("reboot_host_on"))
                .toList();
        assertThat(failed).hasSize(1);

        assertThat(applied(1)).isEqualTo(NOTHING_FAILED);

        assertThat(pending(1, "_recommended")).doesNotContainAnyElementsOf(failed);
        assertThat(client().map("host.get_software_version", client().host(1)))
                .containsKeys("xen_livepatches", "kernel_livepatches");
    }

    @Test
    void livePatchFailsPerComponentAndHostAsTheScenarioSays() {
        start(pool(repository -> UpdateSets.fill(repository, UpdateSet.LIVE)
                .synchronised()
                .host(2, host -> UpdateSets.oneReleaseBehind(host).livePatchFails(KERNEL))));

        assertThat(applied(1)).isEqualTo(NOTHING_FAILED);
        assertThat(applied(2)).contains("kernel").doesNotContain("xen");

        assertThat(pending(2, "_recommended"))
                .contains("reboot_host_on_kernel_livepatch_failure")
                .doesNotContain("reboot_host_on_xen_livepatch_failure");
    }

    @Test
    void hostWhoseBuildIsTooOldForTheLivePatchIsToRebootInstead() {
        start(pool(repository -> UpdateSets.fill(repository, UpdateSet.LIVE)
                .synchronised()
                .host(
                        2,
                        host -> host.installed("xen-hypervisor-4.17.3-3.9.xs8.x86_64", "kernel-4.19.0-8.0.2.xs8.x86_64")
                                .build(XEN, "9999999999999999999999999999999999999999"))));

        assertThat(updatesOf(2).get("livepatches").size()).isZero();
        assertThat(words(updatesOf(2).at("/guidance/recommended"))).containsExactly("RebootHost");
        applied(2);
        assertThat(pending(2, "_recommended")).containsExactly("reboot_host");
    }

    /** Trap 15. */
    @Test
    void updatingTheCoordinatorMarksEveryRunningGuestOfThePool() {
        start(poolWith(update -> update.full("RestartVM")).vm("halted", vm -> vm.powerState("Halted")));

        applied(1);
        assertThat(guestsWith("_full", "restart_vm")).isEmpty();
        applied(0);

        assertThat(guestsWith("_full", "restart_vm"))
                .containsExactlyInAnyOrder("vm-1-1", "vm-1-2", "vm-2-1", "vm-2-2", "vm-3-1", "vm-3-2");
        assertThat(guestsWith("", "restart_vm")).isEmpty();
        assertThat(pending(0, "_full")).isEmpty();
    }

    private List<String> guestsWith(String kind, String guidance) {
        return client().call("VM.get_all_records")
                .valueStream()
                .filter(vm -> words(vm.get("pending_guidances" + kind)).contains(guidance))
                .map(vm -> vm.get("name_label").stringValue())
                .toList();
    }

    @Test
    void restartOfAGuestCountsOnceItsHostIsAsNewAsTheCoordinator() {
        start(poolWith(update -> update.recommended("RestartVM").software("xapi", "26.18")));
        applied(0);
        restartToolstack(0);
        reconnect();
        runWell(GUEST, "VM.clean_reboot", client().named("VM", "vm-2-1"));
        assertThat(guestsWith("_recommended", "restart_vm")).contains("vm-2-1");

        applied(1);
        restartToolstack(1);
        runWell(GUEST, "VM.clean_reboot", client().named("VM", "vm-2-1"));
        assertThat(guestsWith("_recommended", "restart_vm")).doesNotContain("vm-2-1");

        runWell(GUEST, "VM.clean_shutdown", client().named("VM", "vm-3-1"));
        assertThat(guestsWith("_recommended", "restart_vm")).doesNotContain("vm-3-1");
    }

    @Test
    void newDeviceModelsAreForHvmGuestsOfTheHostAndComeWithEveryMove() {
        start(poolWith(update -> update.recommended("RestartDeviceModel"))
                .vm("pv", vm -> vm.host(1).pv())
                .vm("third", vm -> vm.host(1))
                .vm("fourth", vm -> vm.host(1)));
        applied(1);
        assertThat(guestsWith("_recommended", "restart_device_model"))
                .containsExactlyInAnyOrder("vm-2-1", "vm-2-2", "third", "fourth");

        runWell(GUEST, "VM.restart_device_models", client().named("VM", "vm-2-1"));
        runWell(
                GUEST,
                "VM.pool_migrate",
                client().named("VM", "vm-2-2"),
                client().host(2),
                java.util.Map.of("live", "true"));
        runWell(GUEST, "VM.suspend", client().named("VM", "third"));
        runWell(GUEST, "VM.clean_reboot", client().named("VM", "fourth"));

        assertThat(guestsWith("_recommended", "restart_device_model")).isEmpty();
        assertThat(actions()).contains(JournalAction.DEVICE_MODEL_RESTARTED);
        assertThat(client().failure("VM.restart_device_models", client().named("VM", "third")))
                .containsExactly("VM_BAD_POWER_STATE", client().named("VM", "third"), "Running", "Suspended");
    }

    @Test
    void enablingWaitsForTheApplication() {
        start(pool(UpdateSet.NOTHING));
        client().text("Async.host.apply_updates", client().host(1), hash());
        advance(A_MOMENT);

        var enable = run(A_MOMENT, "host.enable", client().host(1));
        assertThat(enable.get("status").stringValue()).isEqualTo("pending");
        advance(APPLY);

        assertThat(host(1).get("enabled").booleanValue()).isTrue();
    }

    @Test
    void deadHostIsToldAfterAWhile() {
        start(pool(UpdateSet.NOTHING));
        inject(fault(FaultKind.HOST_DIES).onHost(hostUuid(1)));

        var task = run(Duration.ofMinutes(2), "host.apply_updates", client().host(1), hash());
        assertThat(errorInfo(task)).containsExactly("CANNOT_CONTACT_HOST", client().host(1));

        advance(Duration.ofMinutes(10));
        assertThat(errorInfo(run(A_MOMENT, "host.apply_updates", client().host(1), hash())))
                .containsExactly("HOST_OFFLINE", client().host(1));
        assertThat(applied(2)).as("others are updated").isEqualTo(NOTHING_FAILED);
    }

    @Test
    void disabledHostThatDiedCannotTellWhatItLacks() {
        start(pool(UpdateSet.NOTHING));
        client().call("host.disable", client().host(1));
        inject(fault(FaultKind.HOST_DIES).onHost(hostUuid(1)));

        assertThat(errorInfo(run(APPLY, "host.apply_updates", client().host(1), hash())))
                .containsExactly("GET_HOST_UPDATES_FAILED", client().host(1));
    }

    @Test
    void failedApplicationInstallsNothing() {
        start(pool(UpdateSet.REBOOT));
        inject(fault(FaultKind.APPLY_FAILS));

        assertThat(errorInfo(apply(1))).containsExactly("APPLY_UPDATES_FAILED", client().host(1));

        assertThat(pending(1, "_recommended")).isEmpty();
        assertThat(host(1).get("last_update_hash").stringValue()).isEmpty();
        assertThat(words(updatesOf(1).get("updates"))).containsExactly("UPDATE-REBOOT");
    }

    @Test
    void taskMayStayOpenAlthoughTheHostHasEverything() {
        start(pool(UpdateSet.NOTHING));
        inject(fault(FaultKind.TASK_STUCK).forMethod("host.apply_updates"));

        assertThat(apply(1).get("status").stringValue()).isEqualTo("pending");

        assertThat(host(1).get("last_update_hash").stringValue()).isEqualTo(hash());
    }

    @Test
    void connectionMayBreakAlthoughTheHostIsUpdated() {
        start(pool(UpdateSet.NOTHING));
        inject(fault(FaultKind.CONNECTION_RESET).forMethod("host.apply_updates"));
        var hash = hash();
        var ref = client().host(1);

        assertThatThrownBy(() -> client().call("Async.host.apply_updates", ref, hash))
                .isInstanceOf(SimulatedClient.Unreachable.class);
        advance(APPLY);

        assertThat(host(1).get("last_update_hash").stringValue()).isEqualTo(hash);
    }

    @Test
    void toolstackRestartOfTheHostCancelsTheTaskWithoutReasonAndNothingIsInstalled() {
        start(pool(UpdateSet.REBOOT));
        var task = client().text("Async.host.apply_updates", client().host(1), hash());
        advance(A_MOMENT);
        client().call("host.restart_agent", client().host(1));
        advance(APPLY);

        assertThat(task(task).get("status").stringValue()).isEqualTo("cancelled");
        assertThat(errorInfo(task(task))).isEmpty();
        assertThat(host(1).get("last_update_hash").stringValue()).isEmpty();
        assertThat(client().map("pool.get_current_operations", poolRef())).isEmpty();
    }

    @Test
    void hostInstallsToTheEndAlthoughItsCoordinatorForgotIt() {
        start(pool(UpdateSet.REBOOT));
        client().text("Async.host.apply_updates", client().host(1), hash());
        advance(A_MOMENT);
        client().call("host.restart_agent", client().host(0));
        advance(APPLY);
        reconnect();

        assertThat(host(1).get("last_update_hash").stringValue()).isEmpty();
        assertThat(pending(1, "_recommended")).isEmpty();
        var answer = CompletableFuture.supplyAsync(() -> updatesOf(1));
        await().until(() -> {
            advance(Duration.ofSeconds(5));
            return answer.isDone();
        });
        assertThat(answer.join().get("updates").size()).isZero();
        assertThat(runWell(A_MOMENT, "host.apply_updates", client().host(1), hash())
                        .get("result")
                        .stringValue())
                .isEqualTo(NOTHING_FAILED);
        assertThat(host(1).get("last_update_hash").stringValue()).isEqualTo(hash());
    }

    @Test
    void mandatoryGuidanceIsClearedInAnEmergencyOnlyOnTheHostThatIsAsked() {
        start(pool(UpdateSet.TOOLSTACK));
        applied(0);
        assertThat(pending(0, "")).containsExactly("restart_toolstack");

        client().call("host.emergency_clear_mandatory_guidance");

        assertThat(pending(0, "")).isEmpty();
        client().call("host.enable", client().host(0));
    }

    /** Trap 4: what is declared and never raised. */
    @Test
    void getUpdatesInProgressIsNeverTold() {
        start(pool(UpdateSet.NOTHING));
        restartToolstack(0);
        reconnect();
        var answer = CompletableFuture.supplyAsync(this::getUpdates);
        await().until(() ->
                client().map("pool.get_current_operations", poolRef()).containsValue("get_updates"));

        var sync = client().text("Async.pool.sync_updates", poolRef(), false);
        advance(SYNC.plus(A_MOMENT));

        assertThat(task(sync).get("status").stringValue()).as("it waited").isEqualTo("success");
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }
}
