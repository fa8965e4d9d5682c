package io.xenpatch.plan;

import static io.xenpatch.plan.TestFeed.VERSION;
import static io.xenpatch.plan.TestFeed.poolWith;
import static io.xenpatch.plan.TestFeed.uuid;
import static io.xenpatch.plan.TestFeed.uuids;
import static io.xenpatch.plan.TestFeed.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.UpdateTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ForetellingTests {

    @ParameterizedTest(name = "{0}: missing {1}, disabled {2}, licence restricts {3} -> {4} because {5}")
    @CsvFileSource(resources = "/tables/6.3-foretold.csv", delimiter = ';', numLinesToSkip = 1)
    void foretellsTable63(
            String id,
            String missing,
            String disabled,
            String restricted,
            @Nullable String tasks,
            @Nullable String reasons) {
        List<String> named = new ArrayList<>();
        words(missing.equals("-") ? null : missing).forEach(word -> named.add("U" + named.size() + ":" + word));
        String all =
                String.join(" ", named.stream().map(word -> word.split(":")[0]).toList());
        PublishedUpdates feed = new TestFeed()
                .describes(named.isEmpty() ? null : String.join(" ", named))
                .version(VERSION, "", null, named.isEmpty() ? null : all, List.of())
                .feed();
        PoolSnapshot pool = pool(disabled.equals("yes"), restricted.equals("yes"));

        HostDecision decision = Foretelling.decide(feed, pool, pool.hosts().get(0), UpdatePolicy.defaults());

        assertThat(decision.tasks())
                .isEqualTo(words(tasks).map(UpdateTask::valueOf).collect(Collectors.toSet()));
        assertThat(decision.reasons())
                .extracting(reason -> reason.code().name())
                .containsExactlyElementsOf(words(reasons).toList());
    }

    private static PoolSnapshot pool(boolean disabled, boolean restricted) {
        TestPool plain = disabled ? TestPool.of(1).livePatchingDisabled() : TestPool.of(1);
        return TestFeed.pool(
                plain.snapshot(),
                List.of(host -> {
                    var known = TestFeed.host(VERSION, "", null).apply(host);
                    return restricted ? TestFeed.licence(known, Map.of("restrict_live_patching", "true")) : known;
                }),
                List.of());
    }

    @Test
    void foretellsFromWhatTheMinimalListReplacesToo() {
        PublishedUpdates feed = new TestFeed()
                .describes("old:restartHost rollup:restartHost+lp")
                .version(VERSION, "", null, "old rollup", uuids("rollup"))
                .feed();
        PoolSnapshot pool = poolWith("");

        HostSequence sequence = sequence(pool, Optional.of(feed), "first rollup");

        assertThat(Foretelling.missing(feed, pool, pool.hosts().get(0))).hasSize(2);
        assertThat(sequence.updates().get(1).decision().tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(sequence.updates().get(1).decision().reasons())
                .extracting(Reason::code)
                .contains(ReasonCode.LIVE_PATCH_INCOMPLETE);
    }

    @Test
    void foretellsNothingOfWhatTheHostHas() {
        PublishedUpdates feed = new TestFeed()
                .describes("old:restartHost")
                .version(VERSION, "", null, "old", List.of())
                .feed();
        PoolSnapshot pool = poolWith("old");

        assertThat(Foretelling.decide(feed, pool, pool.hosts().get(0), UpdatePolicy.defaults())
                        .noActionRequired())
                .isTrue();
    }

    private static HostSequence sequence(PoolSnapshot pool, Optional<PublishedUpdates> feed, String names) {
        return HostSequence.of(
                pool,
                pool.hosts().get(0),
                uuids(names),
                Answer.of(LivePatchStatus.COMPLETE),
                feed,
                UpdatePolicy.defaults());
    }

    private static PublishedUpdates feed(String described, String all) {
        return new TestFeed()
                .describes(described)
                .version(VERSION, "", null, all, uuids(all))
                .feed();
    }

    @Test
    void marksEveryUpdateButTheFirstAsPredicted() {
        HostSequence sequence = sequence(poolWith(""), Optional.of(feed("A:restartHost+lp B C", "A B C")), "A B C");

        assertThat(sequence.updates()).extracting(HostSequence.Part::update).isEqualTo(uuids("A B C"));
        assertThat(sequence.updates()).extracting(HostSequence.Part::predicted).containsExactly(false, true, true);
        assertThat(sequence.decision().noActionRequired()).isTrue();
        assertThat(sequence.decision().livePatchEffective()).isTrue();
    }

    @Test
    void evacuatesBeforeTheFirstApplyIfOnlyTheLastMayNeedAReboot() {
        HostSequence sequence =
                sequence(poolWith(""), Optional.of(feed("A:restartHost+lp B:restartHost", "A B")), "A B");

        assertThat(sequence.updates().get(0).decision().noActionRequired()).isTrue();
        assertThat(sequence.decision().tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(sequence.decision().livePatchEffective()).isFalse();
        assertThat(sequence.decision().reasons().get(0).code()).isEqualTo(ReasonCode.NO_LIVE_PATCH);
        assertThat(HostSteps.untilVerified(sequence.decision(), true, UpdatePolicy.defaults()))
                .containsSubsequence(StepType.EVACUATE, StepType.APPLY_UPDATE);
    }

    @Test
    void carriesOutMandatoryGuidanceBeforeTheNextUpdate() {
        HostSequence sequence = sequence(
                poolWith(""), Optional.of(feed("A:restartXAPI B*:restartHost C:restartXAPI", "A B C")), "A B C");

        assertThat(sequence.updates())
                .extracting(part -> sequence.rightAfter(part.update(), UpdatePolicy.defaults()))
                .containsExactly(Set.of(), Set.of(UpdateTask.REBOOT_HOST), Set.of());
        assertThat(sequence.decision().tasks()).containsExactly(UpdateTask.REBOOT_HOST);
    }

    @Test
    void foreseesARebootOfALaterUpdateWithoutAFeed() {
        PoolSnapshot pool = TestFeed.pool(
                TestPool.of(1).snapshot(),
                List.of(TestFeed.host(VERSION, "", null)),
                List.of(
                        TestFeed.known("A", Guidance.REBOOT_HOST),
                        TestFeed.known("B", Guidance.REBOOT_HOST),
                        TestFeed.known("C", Guidance.RESTART_TOOLSTACK)));

        HostSequence sequence = sequence(pool, Optional.empty(), "A B C");

        assertThat(sequence.updates())
                .extracting(part -> part.decision().tasks())
                .containsExactly(Set.of(), Set.of(UpdateTask.REBOOT_HOST), Set.of(UpdateTask.RESTART_TOOLSTACK));
        assertThat(sequence.decision().tasks()).containsExactly(UpdateTask.REBOOT_HOST);
    }

    @Test
    void countsWhatEarlierUpdatesLeftOnce() {
        PoolSnapshot pool = TestFeed.pool(
                TestPool.of(1).change(0, TestPool.rebootOwedTo(uuid("earlier"))).snapshot(),
                List.of(TestFeed.host(VERSION, "", null)),
                List.of(TestFeed.known("A"), TestFeed.known("B")));

        HostSequence sequence = sequence(pool, Optional.empty(), "A B");

        assertThat(sequence.updates())
                .extracting(part -> part.decision().tasks())
                .containsExactly(Set.of(UpdateTask.REBOOT_HOST), Set.of());
        assertThat(sequence.decision().reasons()).extracting(Reason::code).containsExactly(ReasonCode.PENDING_GUIDANCE);
    }
}
