package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.precheck.Severity;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.HostScenario;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.xapi.jsonrpc.VirtualPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that judge what a pool's records say, of simulated pools that say it in XAPI's own words. */
class SnapshotPrechecksOnTheWireTests {
    private static final Instant START = Instant.parse("2026-03-01T22:00:00Z");
    private static final UpdateUuid UPDATE = UpdateUuid.of("5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21");
    private static final String TOOLSTACK = "restartXAPI";
    private static final String REBOOT = "restartHost";

    static Stream<Arguments> findings() {
        return Stream.of(
                Arguments.of("OPERATION_IN_PROGRESS", pool(TOOLSTACK).vm("database", vm -> busy(vm.host(1), "export"))),
                Arguments.of(
                        "OPERATION_IN_PROGRESS",
                        pool(TOOLSTACK).storageField("current_operations", Map.of("OpaqueRef:1", "vdi_mirror"))),
                Arguments.of(
                        "POOL_AUTO_START",
                        pool(REBOOT)
                                .autoPoweron()
                                .vm("sleeper", vm -> vm.powerState("Halted").autoPoweron())),
                Arguments.of("VM_DISC_INSERTED", pool(REBOOT).vm("tools", VmScenario::toolsInserted)),
                Arguments.of("VM_DISC_INSERTED", pool(REBOOT).vm("library", VmScenario::libraryDiscInserted)),
                Arguments.of("CLUSTERED_STORAGE", pool(REBOOT).clustered()),
                Arguments.of("CLUSTER_HOST_MISSING", pool(REBOOT).clustered().host(1, HostScenario::outsideCluster)),
                Arguments.of(
                        "HOST_VERSIONS_DIFFER", pool(REBOOT).host(1, host -> host.software("xapi_build", "1.249.3"))),
                Arguments.of(
                        "ROLLING_UPGRADE_IN_PROGRESS", pool(REBOOT).otherConfig("rolling_upgrade_in_progress", "true")),
                Arguments.of("MARKER_OF_ANOTHER_TOOL", pool(REBOOT).otherConfig("xo:barrier:1", "1774000000000")),
                Arguments.of(
                        "MARKER_OF_ANOTHER_TOOL",
                        pool(REBOOT).host(1, host -> host.otherConfig("acme:maintenance-by", "alice"))),
                Arguments.of(
                        "HOST_TASKS_PENDING",
                        pool(TOOLSTACK)
                                .update(
                                        "EARLIER",
                                        update -> update.guidance(REBOOT).rebootPendingOn(1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void isFoundInAPoolThatSaysSo(String code, PoolScenario pool) {
        assertThat(codes(assess(pool))).contains(code).doesNotContain("CHECK_FAILED");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void isFoundBesideAHostThatIsDead(String code, PoolScenario pool) {
        var rows = rows(pool.hosts(3), new UpdateChoice.Image(UPDATE), LatestImages.OF_THE_POOL, true);

        assertThat(codes(rows)).contains(code, "HOST_NOT_LIVE").doesNotContain("CHECK_FAILED");
    }

    @Test
    void aPoolThatSaysNothingOfTheKindHasNoWarnings() {
        for (String guidance : List.of(TOOLSTACK, REBOOT)) {
            assertThat(assess(pool(guidance).vmsEach(2)))
                    .extracting(PrecheckView::severity)
                    .doesNotContain(Severity.WARNING, Severity.BLOCKING);
        }
    }

    @Test
    void aMemberThatIsNewerThanItsCoordinatorStopsThePool() {
        var pool = connected(pool(REBOOT).host(0, host -> host.software("xapi_build", "1.249.3")));
        var member = HostUuid.of(pool.hostUuids().get(1));

        var rows = TestAssessment.of(
                        pool.connect(),
                        new UpdateChoice.Image(UPDATE),
                        Set.of(member),
                        UpdatePolicy.defaults(),
                        pool,
                        pool::advanceTo)
                .prechecks();

        assertThat(codes(rows)).contains("COORDINATOR_MUST_BE_FIRST");
    }

    @Test
    void aClusterThatIsWatchedSaysWhenItHasNoQuorum() {
        var rows = rows(
                repository().clustered().host(0, HostScenario::outsideCluster).host(1, HostScenario::outsideCluster),
                new UpdateChoice.Latest(),
                LatestImages.OF_THE_POOL,
                false);

        assertThat(codes(rows)).contains("CLUSTER_NOT_QUORATE", "CLUSTER_HOST_MISSING");
    }

    @Test
    void aPoolThatMustSynchroniseNeedsTheAnswerOfEveryHost() {
        var never = Scenario.pool("lab").xenServer8().hosts(3).repository("channel", channel -> channel);

        var rows = rows(never, new UpdateChoice.Latest(), LatestImages.OF_THE_POOL, true);

        assertThat(rows)
                .filteredOn(row -> row.code().equals("NEVER_SYNCHRONISED"))
                .singleElement()
                .satisfies(row -> assertThat(row.detail()).contains("lab-host-3"));
    }

    @Test
    void allThreeListsOfHostsAndGuestsAreRead() {
        var rows = rows(
                repository()
                        .host(1, host -> host.field("pending_guidances_full", List.of("reboot_host")))
                        .vm("owing", vm -> vm.host(1).field("pending_guidances_recommended", List.of("restart_vm"))),
                new UpdateChoice.Latest(),
                LatestImages.OF_THE_POOL,
                false);

        assertThat(codes(rows)).contains("HOST_TASKS_PENDING", "VM_TASKS_PENDING");
    }

    static Stream<Arguments> retired() {
        return Stream.of(
                Arguments.of(
                        "SWITCH_CONTROLLER_IN_USE",
                        naples().field("vswitch_controller", "192.0.2.9")
                                .host(0, SnapshotPrechecksOnTheWireTests::controllable)
                                .host(1, SnapshotPrechecksOnTheWireTests::controllable)),
                Arguments.of("LEGACY_SSL_IN_USE", naples().host(1, host -> host.field("ssl_legacy", true))),
                Arguments.of("POWER_ON_MODE_SET", naples().host(1, host -> host.field("power_on_mode", "iLO"))),
                Arguments.of(
                        "CONTAINER_PACK_INSTALLED", naples().update("xscontainer", update -> update.appliedOn(0, 1))),
                Arguments.of("PARAVIRTUAL_GUESTS", naples().vm("old", VmScenario::pv)),
                Arguments.of(
                        "CLUSTER_TOO_OLD",
                        naples().clustered().host(0, host -> host.software("platform_version", "2.5.50"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("retired")
    void isFoundBeforeAnUpdateThatMakesANewVersion(String code, PoolScenario pool) {
        var version = new PublishedVersion("8.2.1", "8.2.1", "", UPDATE, List.of(), null);
        var latest = new LatestImages(Optional.of(new PublishedUpdates(List.of(), List.of(version))), Optional.empty());

        assertThat(codes(rows(pool, new UpdateChoice.Image(UPDATE), latest, false)))
                .contains(code)
                .doesNotContain("CHECK_FAILED");
    }

    private static HostScenario controllable(HostScenario host) {
        return host.software("platform_version", "3.0.0")
                .field("license_params", Map.of("restrict_vswitch_controller", "false"));
    }

    private static PoolScenario naples() {
        return pool(REBOOT)
                .host(0, host -> host.software("platform_version", "3.0.0").field("ssl_legacy", false))
                .host(1, host -> host.software("platform_version", "3.0.0").field("ssl_legacy", false));
    }

    private static PoolScenario pool(String guidance) {
        return Scenario.pool("lab")
                .hosts(2)
                .update(
                        "CHOSEN",
                        update -> update.uuid(UPDATE.toString())
                                .guidance(guidance)
                                .precheck("ok"));
    }

    private static PoolScenario repository() {
        return Scenario.pool("lab").xenServer8().hosts(3).repository(UpdateSet.REBOOT);
    }

    private static VmScenario busy(VmScenario vm, String operation) {
        return vm.field("current_operations", Map.of("OpaqueRef:1", operation));
    }

    private static VirtualPool connected(PoolScenario pool) {
        return new VirtualPool(Scenario.of(pool), START);
    }

    private static List<PrecheckView> assess(PoolScenario pool) {
        return rows(pool, new UpdateChoice.Image(UPDATE), LatestImages.OF_THE_POOL, false);
    }

    /** @param dies the last host does, before anybody looks */
    private static List<PrecheckView> rows(
            PoolScenario scenario, UpdateChoice choice, LatestImages latest, boolean dies) {
        VirtualPool pool = connected(scenario);
        if (dies) {
            List<String> hosts = pool.hostUuids();
            pool.inject(Fault.on(uuid(pool), FaultKind.HOST_DIES).onHost(hosts.get(hosts.size() - 1)));
        }
        return TestAssessment.of(
                        pool.connect(), choice, Set.of(), latest, UpdatePolicy.defaults(), pool, pool::advanceTo)
                .prechecks();
    }

    private static String uuid(VirtualPool pool) {
        return pool.connect().pool().observe().uuid().toString();
    }

    private static List<String> codes(List<PrecheckView> rows) {
        return rows.stream().map(PrecheckView::code).toList();
    }
}
