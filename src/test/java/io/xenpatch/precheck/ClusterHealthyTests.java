package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.ClusterSnapshot.Member;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pools whose hosts share clustered storage (R25). */
class ClusterHealthyTests {

    @Test
    void aHealthyClusterOnlyLimitsHowManyGoAtATime() {
        TestPool pool = TestPool.of(2).cluster(true, member(0, true, true), member(1, true, true));

        assertThat(leaving(pool).blocking()).isEmpty();
        assertThat(leaving(pool).rows("CLUSTERED_STORAGE"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void aClusterWithoutQuorumStopsThePool() {
        TestPool pool = TestPool.of(2).cluster(false, member(0, true, true), member(1, true, true));

        assertThat(leaving(pool).blocking()).containsExactly("CLUSTER_NOT_QUORATE");
    }

    @Test
    void aHostThatIsMissingInTheClusterStopsThePool() {
        TestPool disabled = TestPool.of(3).cluster(true, member(0, true, true), member(2, false, null));
        TestPool unseen = TestPool.of(3).cluster(true, member(0, true, true), member(2, true, false));

        assertThat(leaving(disabled).rows("CLUSTER_HOST_MISSING"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.title()).contains("host-2", "takes no part");
                    assertThat(row.hostUuid()).as("no host may leave").isNull();
                });
        assertThat(leaving(unseen).rows("CLUSTER_HOST_MISSING"))
                .singleElement()
                .satisfies(row -> assertThat(row.title()).contains("don't see host host-2"));
    }

    @Test
    void anOldServerThatDoesNotWatchItsClusterIsTakenAtItsWord() {
        TestPool pool = TestPool.of(2).cluster(null, member(0, true, null), member(1, true, null));

        assertThat(leaving(pool).blocking()).isEmpty();
    }

    @Test
    void aServerThatKnowsNoClustersStillShowsItsStorage() {
        TestPool gfs2 =
                TestPool.of(2).sr(new SrSnapshot(new SrUuid(new UUID(0, 320)), "thin", "gfs2", "", true, false));

        assertThat(leaving(gfs2).rows("CLUSTERED_STORAGE")).hasSize(1);
        assertThat(leaving(TestPool.of(2)).rows("CLUSTERED_STORAGE")).isEmpty();
    }

    @Test
    void aDeadHostIsMissingInTheClusterAnywayAndNamedOnce() {
        TestPool pool = TestPool.of(3)
                .cluster(true, member(0, true, true), member(1, true, true), member(2, true, false))
                .change(2, TestPool.live(false));

        assertThat(leaving(pool).rows("CLUSTER_HOST_MISSING")).isEmpty();
        assertThat(leaving(pool).blocking()).containsExactly("HOST_NOT_LIVE");
    }

    @Test
    void whereNoHostGoesAwayTheClusterIsNotLookedAt() {
        TestPool pool = TestPool.of(2).cluster(false, member(0, false, false));

        assertThat(Judging.of(pool).rows("CLUSTERED_STORAGE")).isEmpty();
        assertThat(Judging.of(pool).blocking()).isEmpty();
    }

    private static Judging leaving(TestPool pool) {
        return Judging.of(pool).livePatch(LivePatchStatus.NONE);
    }

    private static Member member(int host, boolean enabled, @Nullable Boolean live) {
        return new Member(TestPool.host(host), enabled, live);
    }
}
