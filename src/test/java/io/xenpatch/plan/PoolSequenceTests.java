package io.xenpatch.plan;

import static io.xenpatch.plan.TestFeed.VERSION;
import static io.xenpatch.plan.TestFeed.known;
import static io.xenpatch.plan.TestFeed.poolWith;
import static io.xenpatch.plan.TestFeed.uuid;
import static io.xenpatch.plan.TestFeed.uuids;
import static io.xenpatch.plan.TestFeed.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdateSequence.LeftOut;
import io.xenpatch.plan.UpdateSequence.Why;
import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class PoolSequenceTests {

    @ParameterizedTest(name = "{0}: of {1}, minimal list {2}, applied {3} -> {4}, left out {5}")
    @CsvFileSource(resources = "/tables/10-update-sequence.csv", delimiter = ';', numLinesToSkip = 1)
    void ordersWhatAHostLacks(
            String id,
            @Nullable String described,
            @Nullable String minimal,
            @Nullable String applied,
            @Nullable String sequence,
            @Nullable String leftOut) {
        TestFeed feed = new TestFeed().describes(described).version(VERSION, "", null, null, uuids(minimal));

        PoolSequence found = PoolSequence.of(feed.feed(), poolWith(applied == null ? "" : applied), Set.of());

        UpdateSequence host = sequenceOf(found, 0);
        assertThat(host.updates()).isEqualTo(uuids(sequence));
        assertThat(host.leftOut()).isEqualTo(leftOut(leftOut));
    }

    private static UpdateSequence sequenceOf(PoolSequence found, int host) {
        return found.hosts().getOrDefault(TestPool.host(host), UpdateSequence.NOTHING);
    }

    private static List<LeftOut> leftOut(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(", "))
                        .map(each -> each.split(" "))
                        .map(each -> new LeftOut(
                                uuid(each[0]),
                                Why.valueOf(each[1]),
                                each.length == 2 ? List.of() : List.of(uuid(each[2])),
                                List.of()))
                        .toList();
    }

    @Test
    void hasForEachHostWhatThatHostLacks() {
        TestFeed feed = new TestFeed().describes("A B>A").version(VERSION, "", null, null, uuids("A B"));

        PoolSequence found = PoolSequence.of(feed.feed(), poolWith("", "A", "A B"), Set.of());

        assertThat(found.basis()).isEqualTo(MinimalUpdates.Basis.LISTED);
        assertThat(found.hosts().keySet()).containsExactly(TestPool.host(0), TestPool.host(1), TestPool.host(2));
        assertThat(sequenceOf(found, 0).updates()).isEqualTo(uuids("A B"));
        assertThat(sequenceOf(found, 1).updates()).isEqualTo(uuids("B"));
        assertThat(sequenceOf(found, 2).updates()).isEmpty();
        assertThat(found.updates()).isEqualTo(uuids("A B"));
    }

    @Test
    void hasNoHostThatIsNoTarget() {
        TestFeed feed = new TestFeed().describes("A").version(VERSION, "", null, null, uuids("A"));

        PoolSequence found = PoolSequence.of(feed.feed(), poolWith("", ""), Set.of(TestPool.host(1)));

        assertThat(found.hosts().keySet()).containsExactly(TestPool.host(1));
    }

    @Test
    void hasNothingButTheReasonWhereTheFeedDoesNotSayWhatIsMissing() {
        TestFeed feed = new TestFeed().describes("A").version("9.9.9", "", null, null, uuids("A"));

        PoolSequence found = PoolSequence.of(feed.feed(), poolWith(""), Set.of());

        assertThat(found.basis()).isEqualTo(MinimalUpdates.Basis.VERSION_UNKNOWN);
        assertThat(found.hosts()).isEmpty();
    }

    @Test
    void keepsToSettledUpdatesOnceTheFirstHostHasBecomeAnotherVersion() {
        TestFeed feed = new TestFeed()
                .describes("CU A>CU")
                .version(VERSION, "", null, null, uuids("CU"))
                .version("8.2.1", "", "CU", null, uuids("A"));
        PoolSnapshot half = TestFeed.pool(
                TestPool.of(2).snapshot(),
                List.of(TestFeed.host("8.2.1", "", "CU A"), TestFeed.host(VERSION, "", null)),
                List.of());

        assertThat(PoolSequence.of(feed.feed(), half, Set.of()).basis())
                .isEqualTo(MinimalUpdates.Basis.VERSIONS_DIFFER);
        PoolSequence settled = PoolSequence.of(feed.feed(), uuids("CU A"), half, Set.of());
        assertThat(sequenceOf(settled, 0).updates()).isEmpty();
        assertThat(sequenceOf(settled, 1).updates()).isEqualTo(uuids("CU A"));
    }

    @Test
    void namesWhatMustBeUploadedFirst() {
        TestFeed feed = new TestFeed().describes("A B C").version(VERSION, "", null, null, uuids("A B C"));
        PoolSnapshot pool = TestFeed.pool(
                TestPool.of(1).snapshot(),
                List.of(TestFeed.host(VERSION, "", null)),
                List.of(known("A"), known("B", false, Set.of())));

        assertThat(PoolSequence.of(feed.feed(), pool, Set.of()).notUploaded(pool))
                .isEqualTo(uuids("B C"));
    }

    @Test
    void leavesASupplementalPackThatTheFeedDoesNotKnowToWhoeverChoosesIt() {
        TestFeed feed = new TestFeed().describes("A").version(VERSION, "", null, null, uuids("A"));
        PoolSnapshot pool = TestFeed.pool(
                TestPool.of(1).snapshot(),
                List.of(TestFeed.host(VERSION, "", null)),
                List.of(known("A"), known("pack")));

        assertThat(PoolSequence.of(feed.feed(), pool, Set.of()).updates()).isEqualTo(uuids("A"));
    }

    @Test
    void tellsWhichUpdatesOnlySomeHostsHaveAfterwards() {
        TestFeed feed = new TestFeed().describes("A").version(VERSION, "", null, null, uuids("A"));
        PoolSnapshot pool = poolWith("pack", "", "A");

        assertThat(PoolSequence.of(feed.feed(), pool, Set.of()).uneven(pool))
                .isEqualTo(Map.of(uuid("pack"), List.of(TestPool.host(1), TestPool.host(2))));
        assertThat(PoolSequence.of(feed.feed(), pool, Set.of(TestPool.host(0))).uneven(pool))
                .containsEntry(uuid("A"), List.of(TestPool.host(1)));
    }

    @Test
    void isEvenWhereAllHostsEndWithTheSame() {
        TestFeed feed = new TestFeed().describes("A B").version(VERSION, "", null, null, uuids("A B"));
        PoolSnapshot pool = poolWith("A", "B", "");

        assertThat(PoolSequence.of(feed.feed(), pool, Set.of()).uneven(pool)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: images of {1}, the prechecks miss {2} -> {3}, left out {4}")
    @CsvSource(
            delimiter = ';',
            value = {
                "R11-1; A B; ; A B;",
                "R11-2; B A; A=B; B A;",
                "R11-3; A B C; A=C,B=A; C A B;",
                "R11-4; A B C; A=B C; B C A;",
                "R11-5; A B; A=update-B; B A;",
                "R11-6; A B; A=other; B; A other",
                "R11-7; A B; A=B,B=A; ; A B,B A",
                "R11-8; A; A=; A;",
            })
    void ordersByThePrechecksWithoutAFeed(
            String id, String images, @Nullable String missing, @Nullable String sequence, @Nullable String leftOut) {
        List<UpdateInfo> updates = words(images).map(TestFeed::known).toList();
        PoolSnapshot pool =
                TestFeed.pool(TestPool.of(1).snapshot(), List.of(TestFeed.host(VERSION, "", null)), updates);
        Map<UpdateUuid, Answer<LivePatchStatus>> prechecks = missing == null
                ? Map.of()
                : Arrays.stream(missing.split(","))
                        .map(each -> each.split("=", -1))
                        .collect(Collectors.toMap(each -> uuid(each[0]), each -> lacking(each[0], each[1])));

        PoolSequence found = PoolSequence.of(pool, Set.of(), Map.of(TestPool.host(0), prechecks));

        assertThat(sequenceOf(found, 0).updates()).isEqualTo(uuids(sequence));
        assertThat(sequenceOf(found, 0).leftOut())
                .isEqualTo(
                        leftOut == null
                                ? List.of()
                                : Stream.of(leftOut.split(","))
                                        .map(each -> each.split(" "))
                                        .map(each -> missing(each[0], each[1]))
                                        .toList());
    }

    /** A small word is the server's, a capital an update. */
    private static LeftOut missing(String update, String what) {
        boolean known = what.length() == 1;
        return new LeftOut(
                uuid(update),
                Why.REQUIREMENT_MISSING,
                known ? List.of(uuid(what)) : List.of(),
                known ? List.of() : List.of(what));
    }

    private static Answer<LivePatchStatus> lacking(String update, String missing) {
        return missing.isEmpty()
                ? Answer.of(LivePatchStatus.COMPLETE)
                : Answer.failed("UPDATE_PRECHECK_FAILED_PREREQUISITE_MISSING", List.of(update, missing));
    }

    @Test
    void takesNoUpdateWithoutAnImageWhenThereIsNoFeed() {
        Set<HostUuid> everywhere = Set.of(TestPool.host(0));
        PoolSnapshot pool = TestFeed.pool(
                TestPool.of(1).snapshot(),
                List.of(TestFeed.host(VERSION, "", null)),
                List.of(known("gone", false, Set.of()), known("there", true, everywhere), known("A")));

        assertThat(PoolSequence.of(pool, Set.of(), Map.of()).updates()).isEqualTo(uuids("A"));
    }

    @Test
    void refusedForAnotherReasonIsNoMissingPrerequisite() {
        PoolSnapshot pool = TestFeed.pool(
                TestPool.of(1).snapshot(), List.of(TestFeed.host(VERSION, "", null)), List.of(known("A")));
        Answer<LivePatchStatus> full = Answer.failed("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", List.of("A", "1", "2"));

        PoolSequence found = PoolSequence.of(pool, Set.of(), Map.of(TestPool.host(0), Map.of(uuid("A"), full)));

        assertThat(found.updates()).isEqualTo(uuids("A"));
    }

    @Test
    void keepsToWhatWasSettledWithAFeedAndWithout() {
        PoolSnapshot pool = TestFeed.pool(
                TestPool.of(1).snapshot(),
                List.of(TestFeed.host(VERSION, "", null)),
                List.of(known("A"), known("B"), known("LATE")));
        TestFeed feed = new TestFeed().describes("A B LATE").version(VERSION, "", null, null, uuids("A B LATE"));
        Optional<List<UpdateUuid>> settled = Optional.of(uuids("B A"));

        assertThat(PoolSequence.of(new LatestImages(Optional.of(feed.feed()), settled), pool, Set.of(), Map.of())
                        .updates())
                .isEqualTo(uuids("B A"));
        assertThat(PoolSequence.of(new LatestImages(Optional.empty(), settled), pool, Set.of(), Map.of())
                        .updates())
                .isEqualTo(uuids("A B"));
        assertThat(PoolSequence.of(LatestImages.OF_THE_POOL, pool, Set.of(), Map.of())
                        .updates())
                .isEqualTo(uuids("A B LATE"));
    }

    @Test
    void hasTheServerAskedAboutTheFirstUpdateOnlyWhereAFeedTellsTheOrder() {
        PoolSnapshot pool = TestFeed.pool(
                TestPool.of(1).snapshot(),
                List.of(TestFeed.host(VERSION, "", null)),
                List.of(known("A"), known("B"), known("C", false, Set.of())));
        TestFeed feed = new TestFeed().describes("A B").version(VERSION, "", null, null, uuids("B A"));
        HostSnapshot host = pool.hosts().get(0);

        assertThat(PoolSequence.toBePrechecked(
                        new LatestImages(Optional.of(feed.feed()), Optional.empty()), pool, host))
                .isEqualTo(uuids("B"));
        assertThat(PoolSequence.toBePrechecked(LatestImages.OF_THE_POOL, pool, host))
                .isEqualTo(uuids("A B"));
    }

    @Test
    void isLackedByAHostThatLacksAnyOfIt() {
        PoolSnapshot pool = poolWith("A", "A B");
        PoolSequence sequence = new PoolSequence(
                MinimalUpdates.Basis.LISTED,
                Map.of(TestPool.host(0), new UpdateSequence(uuids("B"), List.of())),
                Map.of());

        assertThat(sequence.isLackedBy(pool, pool.hosts().get(0))).isTrue();
        assertThat(sequence.isLackedBy(pool, pool.hosts().get(1))).isFalse();
    }
}
