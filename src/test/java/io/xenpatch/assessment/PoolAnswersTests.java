package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.precheck.Severity;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.HostPlugin;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.simulator.model.Role;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.jsonrpc.VirtualPool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a simulated pool about its user, and about its hosts' clocks, certificates and free space. */
class PoolAnswersTests {
    private static final Instant START = Instant.parse("2026-11-23T01:00:00Z");

    private static PoolScenario pool() {
        return Scenario.pool("lab").hosts(2).vmsEach(1).update("REBOOT");
    }

    private static List<PrecheckView> assess(PoolScenario scenario, Credentials user, Consumer<VirtualPool> before) {
        var pool = new VirtualPool(Scenario.of(scenario), START);
        try (XapiPool xapi = pool.connect(user)) {
            var update = xapi.pool().observe().updates().get(0).uuid();
            before.accept(pool);
            return assess(pool, xapi, new UpdateChoice.Image(update));
        }
    }

    private static List<PrecheckView> latest(PoolScenario scenario) {
        var pool = new VirtualPool(Scenario.of(scenario), START);
        try (XapiPool xapi = pool.connect()) {
            return assess(pool, xapi, new UpdateChoice.Latest());
        }
    }

    private static List<PrecheckView> assess(VirtualPool pool, XapiPool xapi, UpdateChoice choice) {
        return TestAssessment.of(xapi, choice, Set.of(), UpdatePolicy.defaults(), pool, pool::advanceTo)
                .prechecks();
    }

    private static List<PrecheckView> assess(PoolScenario scenario) {
        return assess(scenario, new Credentials(scenario.username(), scenario.password()), pool -> {});
    }

    private static List<PrecheckView> of(List<PrecheckView> rows, String code) {
        return rows.stream().filter(row -> row.code().equals(code)).toList();
    }

    @Test
    void rootMayDoEverything() {
        assertThat(of(assess(pool()), "PERMISSIONS_SUFFICIENT")).hasSize(1);
    }

    @Test
    void operatorOfThePoolMayApplyItsUpdates() {
        var rows = assess(
                pool().user("operator", "work", Role.POOL_OPERATOR), new Credentials("operator", "work"), pool -> {});

        assertThat(rows).noneMatch(row -> row.severity() == Severity.BLOCKING);
        assertThat(of(rows, "PERMISSIONS_SUFFICIENT")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"READ_ONLY, true", "VM_POWER_ADMIN, false"})
    void callsThatTheRoleLacksAreNamedBeforeAnythingIsTouched(Role role, boolean guestsStay) {
        var rows = assess(pool().user("other", "look", role), new Credentials("other", "look"), pool -> {});

        assertThat(of(rows, "PERMISSION_MISSING"))
                .allSatisfy(row -> assertThat(row.severity()).isEqualTo(Severity.BLOCKING))
                .extracting(row -> row.parameters().get("method"))
                .contains("pool_update.precheck", "pool_update.apply")
                .satisfies(methods ->
                        assertThat(methods.contains("VM.pool_migrate")).isEqualTo(guestsStay));
    }

    @Test
    void serverThatDoesNotKnowTheQuestionWarns() {
        var rows = assess(
                pool(),
                new Credentials("root", pool().password()),
                pool -> pool.inject(Fault.on(uuid(pool), FaultKind.API_ERROR)
                        .forMethod("session.get_record")
                        .failingWith("MESSAGE_METHOD_UNKNOWN", "session.get_record")));

        assertThat(of(rows, "PERMISSIONS_UNKNOWN"))
                .extracting(PrecheckView::severity)
                .containsExactly(Severity.WARNING);
    }

    private static String uuid(VirtualPool pool) {
        try (XapiPool xapi = pool.connect()) {
            return xapi.pool().observe().uuid().toString();
        }
    }

    @ParameterizedTest
    @CsvSource({"PT0S, CLOCKS_AGREE, OK", "PT20S, CLOCKS_DIFFER, WARNING", "PT-5M, CLOCKS_DIFFER, BLOCKING"})
    void clocksOfTheHostsAreCompared(Duration ahead, String code, Severity severity) {
        var rows = assess(pool().host(1, host -> host.clockAhead(ahead)));

        assertThat(of(rows, code)).extracting(PrecheckView::severity).containsExactly(severity);
    }

    @ParameterizedTest
    @CsvSource({"PT1M, BLOCKING", "P7D, WARNING", "P90D, ''"})
    void certificatesThatEndAreNoticed(Duration later, String severity) {
        var rows = assess(pool().host(1, host -> host.certificateEnds(later)));

        assertThat(of(rows, "CERTIFICATE_EXPIRES"))
                .extracting(row -> row.severity().name())
                .isEqualTo(severity.isEmpty() ? List.of() : List.of(severity));
    }

    @Test
    void serverThatRecordsNoCertificatesIsNotBlamed() {
        var rows = assess(
                pool(),
                new Credentials("root", pool().password()),
                pool -> pool.inject(Fault.on(uuid(pool), FaultKind.API_ERROR)
                        .forMethod("Certificate.get_all_records")
                        .failingWith("MESSAGE_METHOD_UNKNOWN", "Certificate.get_all_records")));

        assertThat(rows).noneMatch(row -> row.severity() == Severity.BLOCKING);
        assertThat(of(rows, "CERTIFICATE_EXPIRES")).isEmpty();
    }

    @Test
    void hostThatIsDownHasNoClock() {
        var rows = assess(pool().host(1, host -> host.unreachable().clockAhead(Duration.ofHours(1))));

        assertThat(of(rows, "HOST_NOT_LIVE")).hasSize(1);
        assertThat(of(rows, "CLOCKS_DIFFER")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1048576, DISK_SPACE_SUFFICIENT, OK", "1048575, NOT_ENOUGH_DISK_SPACE, BLOCKING"})
    void roomOnEachHostIsAskedFor(long free, String code, Severity severity) {
        var rows = latest(pool().host(1, host -> host.freeDiskSpace(free)));

        assertThat(of(rows, code)).anySatisfy(row -> {
            assertThat(row.severity()).isEqualTo(severity);
            assertThat(row.parameters()).containsEntry("freeBytes", free);
        });
        assertThat(of(rows, "DISK_SPACE_UNKNOWN")).isEmpty();
    }

    @Test
    void roomForPackagesIsComparedWithTheirSizes() {
        var rows = latest(Scenario.pool("xcp")
                .profile(Profile.XCP_NG_8_3)
                .hosts(1)
                .packages(UpdateSet.REBOOT)
                .host(0, host -> host.freeDiskSpace(1)));

        assertThat(of(rows, "NOT_ENOUGH_DISK_SPACE")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"XENAPI_MISSING_PLUGIN", "XENAPI_PLUGIN_FAILURE", "''"})
    void hostsWhosePluginDoesNotTellAreNamed(String failure) {
        var end = failure.isEmpty()
                ? HostPlugin.Outcome.said("plenty", Duration.ZERO)
                : HostPlugin.Outcome.failed(List.of(failure, "disk-space"), Duration.ZERO);

        var rows = latest(pool().plugin("disk-space", (host, function, args) -> end));

        assertThat(of(rows, "DISK_SPACE_UNKNOWN"))
                .extracting(PrecheckView::severity)
                .containsExactly(Severity.WARNING, Severity.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"PT10M, TASKS_IN_PROGRESS", "P2D, STALE_TASKS"})
    void taskOfSomebodyElseIsNamed(Duration age, String code) {
        var rows = assess(pool(), new Credentials("root", pool().password()), pool -> {
            try (XapiPool xapi = pool.connect()) {
                xapi.tasks().create("backup of a VM", "");
            }
            pool.advanceTo(pool.instant().plus(age));
        });

        assertThat(of(rows, code))
                .singleElement()
                .satisfies(row -> assertThat(row.parameters())
                        .containsEntry("task", "backup of a VM")
                        .containsEntry("minutes", age.toMinutes()));
    }
}
