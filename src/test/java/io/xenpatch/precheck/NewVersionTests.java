package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.LatestImages;
import io.xenpatch.xen.ClusterSnapshot;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a new version of the server no longer has (xencenter.md §4.1 row 3, §4.2). */
class NewVersionTests {
    private static final String NAPLES = "3.0.0";

    static Stream<Arguments> findings() {
        return Stream.of(
                Arguments.of("SWITCH_CONTROLLER_IN_USE", Severity.BLOCKING, controlled(NAPLES)),
                Arguments.of(
                        "LEGACY_SSL_IN_USE", Severity.BLOCKING, pool(NAPLES).change(1, TestPool.retired(true, ""))),
                Arguments.of(
                        "POWER_ON_MODE_SET", Severity.BLOCKING, pool(NAPLES).change(1, TestPool.retired(false, "iLO"))),
                Arguments.of(
                        "CONTAINER_PACK_INSTALLED",
                        Severity.WARNING,
                        pool(NAPLES).installed("xscontainer-7.2", 1)),
                Arguments.of(
                        "PARAVIRTUAL_GUESTS", Severity.WARNING, pool(NAPLES).vm(1, 1, TestVm.that(TestVm::pv))),
                Arguments.of("CLUSTER_TOO_OLD", Severity.BLOCKING, clustered("2.5.50")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void isFoundWhereTheUpdateMakesANewVersion(String code, Severity severity, TestPool pool) {
        assertThat(Judging.of(pool).reading(making("8.2.0")).rows(code))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(severity);
                    assertThat(row.title()).isNotBlank();
                    assertThat(row.detail()).isNotBlank();
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void isNoMatterForAnUpdateThatMakesNone(String code, Severity severity, TestPool pool) {
        assertThat(Judging.of(pool).rows(code)).isEmpty();
        assertThat(Judging.of(pool.appliedOn(0, 1)).reading(making("8.2.0")).rows(code))
                .as("which is there already")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void isFoundInAPoolWithADeadHostToo(String code, Severity severity, TestPool pool) {
        Judging judging = Judging.of(pool.change(0, TestPool.live(false))).reading(making("8.2.0"));

        assertThat(judging.rows(code)).hasSize(1);
        assertThat(judging.rows("CHECK_FAILED")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void isNotSaidOfAServerThatDoesNotTellItsVersion(String code, Severity severity, TestPool pool) {
        TestPool silent = pool.change(0, TestPool.software(Map.of())).change(1, TestPool.software(Map.of()));

        assertThat(Judging.of(silent).reading(making("8.2.0")).rows(code))
                .hasSize(code.equals("CONTAINER_PACK_INSTALLED") ? 1 : 0);
    }

    /** What is dropped for good is for a person to judge: the warning stands in the way until the request says that it is known. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void awaitsAPersonsWordWhereNothingCanBeDoneAboutIt(String code, Severity severity, TestPool pool) {
        Judgement silent = Judging.of(pool).reading(making("8.2.0")).judgement();
        Judgement known =
                Judging.of(pool).reading(making("8.2.0")).acknowledging(code).judgement();

        assertThat(silent.blocked()).isTrue();
        assertThat(of(silent, code).acknowledge()).isEqualTo(severity == Severity.WARNING);
        assertThat(Prechecks.FOR_A_PERSON.contains(code)).isEqualTo(severity == Severity.WARNING);
        assertThat(known.blocked()).isEqualTo(severity == Severity.BLOCKING);
        assertThat(of(known, code).severity()).isEqualTo(severity);
        if (severity == Severity.WARNING) {
            assertThat(of(silent, code).detail()).contains("acknowledge: [\"" + code + "\"]");
            assertThat(of(known, code).acknowledge()).isFalse();
            assertThat(of(known, code).parameters()).containsEntry("acknowledged", true);
        }
    }

    private static PrecheckRow of(Judgement judgement, String code) {
        return judgement.rows().stream()
                .filter(row -> row.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** The list that requests are checked against, and the rules that ask. */
    @Test
    void everyWarningThatAwaitsAWordCanBeAcknowledged() throws IOException {
        Pattern asking = Pattern.compile("Finding\\.of\\(\"([A-Z_]+)\"[^;]*\\.forAPerson\\(\\)", Pattern.DOTALL);
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> rules = Files.list(Path.of("src/main/java/io/xenpatch/precheck"))) {
            for (Path rule : rules.toList()) {
                asking.matcher(Files.readString(rule)).results().forEach(found -> codes.add(found.group(1)));
            }
        }

        assertThat(codes).isEqualTo(Prechecks.FOR_A_PERSON);
    }

    @Test
    void aPoolThatHasItNoLongerNeedsNoWord() {
        TestPool later = controlled("3.2.0").change(1, TestPool.retired(true, "iLO"));

        assertThat(Judging.of(later).reading(making("8.2.1")).blocking()).isEmpty();
    }

    @Test
    void anEarlierVersionStillHasIt() {
        TestPool pool =
                controlled(NAPLES).change(1, TestPool.retired(true, "iLO")).installed("xscontainer", 0);

        assertThat(Judging.of(pool).reading(making("8.1.0")).rows())
                .extracting(PrecheckRow::code)
                .doesNotContain(
                        "SWITCH_CONTROLLER_IN_USE",
                        "LEGACY_SSL_IN_USE",
                        "POWER_ON_MODE_SET",
                        "CONTAINER_PACK_INSTALLED");
    }

    @Test
    void switchesThatNobodyControlsAreNoMatter() {
        assertThat(Judging.of(pool(NAPLES)).reading(making("8.2.0")).rows("SWITCH_CONTROLLER_IN_USE"))
                .isEmpty();
        TestPool bridges = controlled(NAPLES).change(1, software(NAPLES, "bridge"));
        assertThat(Judging.of(bridges).reading(making("8.2.0")).rows("SWITCH_CONTROLLER_IN_USE"))
                .as("a host without such switches")
                .isEmpty();
    }

    @Test
    void paravirtualGuestsStopACumulativeUpdateUnlessAPersonLetThemPass() {
        TestPool pool = pool("3.2.0").vm(1, 1, TestVm.that(TestVm::pv));
        TestPool passed = pool("3.2.0").vm(1, 1, TestVm.that(vm -> vm.pv().otherConfig("pvcheckpass", "true")));

        assertThat(Judging.of(pool).reading(making("8.2.1")).rows("PARAVIRTUAL_GUESTS"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.parameters()).containsEntry("vms", List.of("vm-1"));
                });
        assertThat(Judging.of(passed).reading(making("8.2.1")).rows("PARAVIRTUAL_GUESTS"))
                .isEmpty();
        assertThat(Judging.of(pool("3.2.1").vm(1, 1, TestVm.that(TestVm::pv)))
                        .reading(making("8.2.1"))
                        .rows("PARAVIRTUAL_GUESTS"))
                .as("which has it already")
                .isEmpty();
    }

    @Test
    void aPackThatNoHostHasIsNoMatter() {
        assertThat(Judging.of(pool(NAPLES).installed("xscontainer"))
                        .reading(making("8.2.0"))
                        .rows("CONTAINER_PACK_INSTALLED"))
                .isEmpty();
    }

    @Test
    void clusteredStorageIsTooOldWithoutAClusterToo() {
        TestPool gfs2 =
                pool("2.5.50").sr(new SrSnapshot(new SrUuid(new UUID(0, 340)), "thin", "gfs2", "", true, false));

        assertThat(Judging.of(gfs2).reading(making("7.6.0")).rows("CLUSTER_TOO_OLD"))
                .hasSize(1);
        assertThat(Judging.of(clustered("2.6.50")).reading(making("8.2.0")).rows("CLUSTER_TOO_OLD"))
                .isEmpty();
    }

    private static TestPool pool(String platform) {
        return TestPool.of(2).change(0, software(platform, "openvswitch")).change(1, software(platform, "openvswitch"));
    }

    private static TestPool controlled(String platform) {
        return pool(platform)
                .vswitchController("192.0.2.9")
                .change(0, TestPool.licence("restrict_vswitch_controller", "false"))
                .change(1, TestPool.licence("restrict_vswitch_controller", "false"));
    }

    private static TestPool clustered(String platform) {
        return pool(platform).cluster(null, new ClusterSnapshot.Member(TestPool.host(0), true, null));
    }

    private static UnaryOperator<HostSnapshot> software(String platform, String backend) {
        return TestPool.software(Map.of("platform_version", platform, "network_backend", backend));
    }

    private static LatestImages making(String version) {
        PublishedVersion made = new PublishedVersion(version, version, "", TestPool.UPDATE, List.of(), null);
        return new LatestImages(Optional.of(new PublishedUpdates(List.of(), List.of(made))), Optional.empty());
    }
}
