package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hosts of one pool that run different versions (P4.2; xapi.md §8.3, §8.7). */
class HostVersionsTests {
    private static final String OLDER = "COORDINATOR_MUST_BE_FIRST";
    private static final String DIFFER = "HOST_VERSIONS_DIFFER";

    @Test
    void hostsOfOneVersionNeedNoWord() {
        Judging judging = Judging.of(versions("3.2.1", "1.249.26", "3.2.1", "1.249.26"));

        assertThat(judging.rows(OLDER)).isEmpty();
        assertThat(judging.rows(DIFFER)).isEmpty();
    }

    @Test
    void aMemberThatIsNewerStopsThePoolUnlessTheCoordinatorIsWorkedOn() {
        TestPool pool = versions("3.2.0", "1.249.3", "3.2.1", "1.249.26");

        assertThat(Judging.of(pool).targets(1).rows(OLDER)).singleElement().satisfies(row -> {
            assertThat(row.isBlocking()).isTrue();
            assertThat(row.title()).contains("host-0", "host-1");
            assertThat(row.hostUuid()).as("it concerns the whole pool").isNull();
            assertThat(row.fix()).isEqualTo(Fixes.ADD_COORDINATOR);
        });
        assertThat(Judging.of(pool).rows(OLDER)).isEmpty();
        assertThat(Judging.of(pool).rows(DIFFER))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    void addingACoordinatorThatLacksNothingIsNoCure() {
        assertThat(Judging.of(versions("3.2.0", "1.249.3", "3.2.1", "1.249.26").appliedOn(0))
                        .rows(OLDER))
                .singleElement()
                .satisfies(row -> assertThat(row.fix()).isNull());
    }

    @Test
    void aNewerToolstackCountsLikeANewerPlatform() {
        assertThat(Judging.of(versions("3.4.0", "25.6.0", "3.4.0", "26.17.0"))
                        .targets(1)
                        .rows(OLDER))
                .hasSize(1);
    }

    @Test
    void aMemberThatIsOlderIsOnlyWarnedOf() {
        Judging judging = Judging.of(versions("3.2.1", "1.249.26", "3.2.0", "1.249.3"));

        assertThat(judging.rows(OLDER)).isEmpty();
        assertThat(judging.rows(DIFFER)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.detail()).contains("host-0 has 3.2.1", "host-1 has 3.2.0");
        });
    }

    @Test
    void aHostThatDoesNotTellItsVersionCountsAsAlike() {
        TestPool pool = TestPool.of(2).change(0, TestPool.runs("3.2.1", "1.249.26"));
        TestPool half = versions("3.2.1", "", "3.2.1", "1.249.26");

        assertThat(Judging.of(pool).targets(1).rows(OLDER)).isEmpty();
        assertThat(Judging.of(pool).rows(DIFFER)).isEmpty();
        assertThat(Judging.of(half).rows(DIFFER)).isEmpty();
    }

    @Test
    void aDeadHostIsNewerAllTheSame() {
        TestPool pool = versions("3.2.0", "1.249.3", "3.2.1", "1.249.26").change(1, TestPool.live(false));

        assertThat(Judging.of(pool).rows(DIFFER)).hasSize(1);
    }

    @Test
    void nothingIsSaidWhereNothingIsDone() {
        TestPool pool = versions("3.2.0", "1.249.3", "3.2.1", "1.249.26").appliedOn(0, 1);

        assertThat(Judging.of(pool).rows(DIFFER)).isEmpty();
        assertThat(Judging.of(pool).rows(OLDER)).isEmpty();
    }

    @Test
    void passesOnThatTheServerIsInTheMiddleOfARollingUpgrade() {
        TestPool pool = TestPool.of(2).otherConfig("rolling_upgrade_in_progress", "true");

        assertThat(Judging.of(pool).rows("ROLLING_UPGRADE_IN_PROGRESS"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.WARNING);
        assertThat(Judging.of(TestPool.of(2)).rows("ROLLING_UPGRADE_IN_PROGRESS"))
                .isEmpty();
        assertThat(Judging.of(pool.appliedOn(0, 1)).rows("ROLLING_UPGRADE_IN_PROGRESS"))
                .isEmpty();
    }

    private static TestPool versions(String platform, String xapi, String memberPlatform, String memberXapi) {
        return TestPool.of(2)
                .change(0, TestPool.runs(platform, xapi))
                .change(1, TestPool.software(Map.of("platform_version", memberPlatform, "xapi_build", memberXapi)));
    }
}
