package io.xenpatch.plan;

import static io.xenpatch.plan.TestFeed.VERSION;
import static io.xenpatch.plan.TestFeed.poolWith;
import static io.xenpatch.plan.TestFeed.uuid;
import static io.xenpatch.plan.TestFeed.uuids;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.MinimalUpdates.Basis;
import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedUpdate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinimalUpdatesTests {

    private static PoolSnapshot built(String... builds) {
        return TestFeed.pool(
                TestPool.of(builds.length).snapshot(),
                List.of(builds).stream()
                        .map(build -> TestFeed.host(VERSION, build, null))
                        .toList(),
                List.of());
    }

    @Test
    void knowsAVersionByItsBuildNumberWhereItHasOne() {
        TestFeed feed = new TestFeed()
                .describes("A B")
                .version(VERSION, "old", null, null, uuids("A"))
                .version(VERSION, "new", null, null, uuids("B"));

        assertThat(MinimalUpdates.of(feed.feed(), built("new", "new"))).isEqualTo(listed("B"));
    }

    @Test
    void knowsAVersionByItsProductVersionWhereItHasNoBuildNumber() {
        TestFeed feed = new TestFeed().describes("A").version(VERSION, "", null, null, uuids("A"));

        assertThat(MinimalUpdates.of(feed.feed(), built("any", "other"))).isEqualTo(listed("A"));
    }

    @Test
    void isEmptyForAPoolThatIsUpToDate() {
        TestFeed feed = new TestFeed().version(VERSION, "", null, null, List.of());

        assertThat(MinimalUpdates.of(feed.feed(), poolWith(""))).isEqualTo(new MinimalUpdates(Basis.LISTED, List.of()));
    }

    @Test
    void saysThatTheVersionHasNoList() {
        TestFeed feed = new TestFeed().describes("A").version(VERSION, "", null, "A", null);

        assertThat(MinimalUpdates.of(feed.feed(), poolWith("")).basis()).isEqualTo(Basis.NOT_LISTED);
    }

    @Test
    void saysThatAHostHasAVersionThatTheFeedDoesNotKnow() {
        TestFeed feed = new TestFeed().version(VERSION, "known", null, null, List.of());

        assertThat(MinimalUpdates.of(feed.feed(), built("known", "strange")).basis())
                .isEqualTo(Basis.VERSION_UNKNOWN);
    }

    @Test
    void saysThatTheHostsHaveDifferentVersions() {
        TestFeed feed = new TestFeed()
                .version(VERSION, "one", null, null, List.of())
                .version(VERSION, "two", null, null, List.of());

        assertThat(MinimalUpdates.of(feed.feed(), built("one", "two")).basis()).isEqualTo(Basis.VERSIONS_DIFFER);
    }

    @Test
    void goesOnWithWhatACumulativeUpdateNeedsWhenThatIsTheLast() {
        TestFeed feed = new TestFeed()
                .describes("A CU B C")
                .version(VERSION, "", null, null, uuids("A CU"))
                .version("8.2.1", "", "CU", null, uuids("B A C"));

        assertThat(MinimalUpdates.of(feed.feed(), poolWith(""))).isEqualTo(listed("A CU B C"));
    }

    @Test
    void doesNotGoOnAfterACumulativeUpdateInTheMiddle() {
        TestFeed feed = new TestFeed()
                .describes("CU A B")
                .version(VERSION, "", null, null, uuids("CU A"))
                .version("8.2.1", "", "CU", null, uuids("B"));

        assertThat(MinimalUpdates.of(feed.feed(), poolWith(""))).isEqualTo(listed("CU A"));
    }

    @Test
    void continuesAChosenNewVersionWithWhatThatNeeds() {
        TestFeed feed = new TestFeed().describes("CU B").version("8.2.1", "", "CU", null, uuids("B"));

        assertThat(MinimalUpdates.from(feed.feed(), uuid("CU"))).isEqualTo(uuids("CU B"));
        assertThat(MinimalUpdates.from(feed.feed(), uuid("B"))).isEqualTo(uuids("B"));
    }

    @Test
    void everythingIsTheVersionsUpdatesWithoutNewVersionsAndTheCumulativeUpdateWithItsContent() {
        TestFeed feed = new TestFeed()
                .describes("A B CU X Y other")
                .version(VERSION, "", null, "A B CU other", uuids("B CU"))
                .version("8.2.1", "", "CU", "X Y", uuids("Y"))
                .version("9.0", "", "other", null, null);

        assertThat(MinimalUpdates.everything(feed.feed(), poolWith("")))
                .extracting(PublishedUpdate::name)
                .containsExactly("A", "B", "CU", "X", "Y");
    }

    private static MinimalUpdates listed(String names) {
        return new MinimalUpdates(Basis.LISTED, uuids(names));
    }
}
