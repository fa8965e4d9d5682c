package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.Permissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the user of a pool must be permitted, and what is said when it is not. */
class PermissionsGrantedTests {
    private static final String MISSING = "PERMISSION_MISSING";
    private static final Set<String> FOR_A_REBOOT = Set.of(
            "pool_update.precheck",
            "pool_update.apply",
            "host.disable",
            "host.evacuate",
            "host.reboot",
            "pbd.plug",
            "host.enable",
            "vm.pool_migrate");

    private static Judging rebooting(TestPool pool) {
        return Judging.of(pool).livePatch(LivePatchStatus.NONE);
    }

    private static Answer<Permissions> only(Set<String> names) {
        return Answer.of(Permissions.of(names));
    }

    private static Set<String> without(String name) {
        Set<String> names = new TreeSet<>(FOR_A_REBOOT);
        assertThat(names.remove(name)).isTrue();
        return names;
    }

    private static List<Object> methods(List<PrecheckRow> rows) {
        return rows.stream()
                .map(PrecheckRow::parameters)
                .map(known -> known.get("method"))
                .toList();
    }

    @Test
    void userWhoMayDoExactlyWhatThePlanNeedsIsEnough() {
        var judging = rebooting(TestPool.of(2).vm(1, 0)).permissions(only(FOR_A_REBOOT));

        assertThat(judging.blocking()).isEmpty();
        assertThat(judging.rows("PERMISSIONS_SUFFICIENT"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "pool_update.precheck, pool_update.precheck, pool-operator",
        "pool_update.apply, pool_update.apply, pool-operator",
        "host.disable, host.disable, pool-operator",
        "host.evacuate, host.evacuate, pool-operator",
        "host.reboot, host.reboot, pool-operator",
        "pbd.plug, PBD.plug, pool-operator",
        "host.enable, host.enable, pool-operator",
        "vm.pool_migrate, VM.pool_migrate, vm-power-admin",
    })
    void eachCallThatIsNotPermittedBlocksAndNamesTheLeastRole(String permission, String method, String role) {
        var judging = rebooting(TestPool.of(2).vm(1, 0)).permissions(only(without(permission)));

        assertThat(judging.rows(MISSING)).singleElement().satisfies(row -> {
            assertThat(row.isBlocking()).isTrue();
            assertThat(row.scope()).isEqualTo(Scope.POOL);
            assertThat(row.hostUuid()).as("it stops the whole pool").isNull();
            assertThat(row.parameters()).containsEntry("method", method).containsEntry("leastRole", role);
            assertThat(row.title()).contains("may not call " + method);
            assertThat(row.detail()).contains("half way", "role " + role);
        });
    }

    @Test
    void permissionForAKeyOnlyIsNoneForTheMessage() {
        var pool = TestPool.of(1).channel(Channel.XCP_NG);
        var judging = Judging.of(pool)
                .choosing(new UpdateChoice.Latest())
                .permissions(only(Set.of(
                        "host.call_plugin",
                        "host.remove_from_other_config",
                        "host.add_to_other_config/key:folder",
                        "host.disable",
                        "host.reboot",
                        "pbd.plug",
                        "host.enable",
                        "host.evacuate",
                        "vm.pool_migrate")));

        assertThat(methods(judging.rows(MISSING))).containsExactly("host.add_to_other_config");
    }

    @Test
    void listOfARepositorysUpdatesIsPermittedAsAHandler() {
        var none = rebooting(TestPool.of(1).channel(Channel.REPOSITORY))
                .choosing(new UpdateChoice.Latest())
                .permissions(only(Set.of("updates", "get /updates")));
        var some = rebooting(TestPool.of(1).channel(Channel.REPOSITORY))
                .choosing(new UpdateChoice.Latest())
                .permissions(only(Set.of("http/get_updates")));

        assertThat(methods(none.rows(MISSING))).contains("GET /updates", "host.apply_updates");
        assertThat(methods(some.rows(MISSING))).doesNotContain("GET /updates").contains("host.apply_updates");
    }

    @ParameterizedTest
    @EnumSource(OnLivePatchFailure.class)
    void rebootThatOnlyAFailedLivePatchBringsNeedsItsPermissionWhereThePolicyWantsIt(OnLivePatchFailure policy) {
        var judging = Judging.of(TestPool.of(2).vm(1, 0))
                .onLivePatchFailure(policy)
                .permissions(only(Set.of("pool_update.precheck", "pool_update.apply")));

        if (policy == OnLivePatchFailure.REBOOT) {
            assertThat(methods(judging.rows(MISSING)))
                    .containsExactly(
                            "PBD.plug",
                            "VM.pool_migrate",
                            "host.disable",
                            "host.enable",
                            "host.evacuate",
                            "host.reboot");
        } else {
            assertThat(judging.rows(MISSING)).isEmpty();
        }
        assertThat(methods(Judging.of(TestPool.of(2))
                        .onLivePatchFailure(policy)
                        .manual()
                        .permissions(only(Set.of("pool_update.precheck", "pool_update.apply")))
                        .rows(MISSING)))
                .as("a person restarts")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LIST, ''", "DEVICE_MODELS, VM.restart_device_models", "ALL, VM.clean_reboot;VM.restart_device_models"})
    void restartOfGuestsThatIsNotPermittedOnlyWarns(VmRestarts policy, String expected) {
        var judging = rebooting(TestPool.of(2)).vmRestarts(policy).permissions(only(FOR_A_REBOOT));

        assertThat(judging.blocking()).isEmpty();
        assertThat(methods(judging.rows(MISSING)))
                .isEqualTo(expected.isEmpty() ? List.of() : List.<Object>of((Object[]) expected.split(";")));
        assertThat(judging.rows(MISSING)).allSatisfy(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.detail()).contains("left as they are", "vm-");
        });
    }

    @ParameterizedTest
    @CsvSource({"POOL_UPDATE, pool-operator", "XCP_NG, pool-admin"})
    void serverThatDoesNotTellWarnsAndNamesTheRoleThatIsEnough(Channel channel, String role) {
        var judging = rebooting(TestPool.of(2).channel(channel))
                .permissions(Answer.failed("MESSAGE_METHOD_UNKNOWN", List.of("session.get_record")));
        if (channel == Channel.XCP_NG) {
            judging.choosing(new UpdateChoice.Latest());
        }

        assertThat(judging.rows(MISSING)).isEmpty();
        assertThat(judging.rows("PERMISSIONS_UNKNOWN")).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.parameters())
                    .containsEntry("xapiError", List.of("MESSAGE_METHOD_UNKNOWN", "session.get_record"));
            assertThat(row.detail()).contains("role " + role + " or a higher one");
        });
    }

    @Test
    void coordinatorThatDoesNotAnswerHasItsOwnRowOnly() {
        var judging = rebooting(TestPool.of(2)).unreachable(0).permissions(Answer.notAsked("the host does not answer"));

        assertThat(judging.blocking()).contains("HOST_NOT_LIVE");
        assertThat(judging.rows()).noneMatch(row -> row.code().startsWith("PERMISSION"));
    }

    @Test
    void planThatDoesNothingNeedsNoPermission() {
        var pool = TestPool.of(1).appliedOn(0);

        assertThat(Judging.of(pool).permissions(only(Set.of())).rows())
                .noneMatch(row -> row.code().startsWith("PERMISSION"));
    }

    @Test
    void onlyPermissionsOfOurCallsAreKept() {
        var kept = Permissions.of(List.of(
                        "host.reboot", "vm.hard_reboot", "http/get_updates", "host.add_to_other_config/key:folder"))
                .among(LeastRoles.permissions());

        assertThat(kept.names()).containsExactlyInAnyOrder("host.reboot", "http/get_updates");
        assertThat(kept.everything()).isFalse();
        assertThat(Permissions.EVERYTHING.among(LeastRoles.permissions())).isEqualTo(Permissions.EVERYTHING);
        assertThat(Map.of("host.reboot", kept.allow("host.reboot"), "VM.start", kept.allow("VM.start")))
                .isEqualTo(Map.of("host.reboot", true, "VM.start", false));
    }
}
