package io.xenpatch.plan;

import static io.xenpatch.plan.TestFeed.VERSION;
import static io.xenpatch.plan.TestFeed.poolWith;
import static io.xenpatch.plan.TestFeed.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SequenceStepsTests {

    @ParameterizedTest(name = "{0}: {1}, {2}, maintenance {3} -> {4}")
    @CsvFileSource(resources = "/tables/sequence-steps.csv", delimiter = ';', numLinesToSkip = 1)
    void laysTheStepsOfASequence(String id, String described, Mode mode, String maintenance, String steps) {
        List<PublishedUpdate> updates = words(described).map(TestFeed::update).toList();
        String all =
                String.join(" ", updates.stream().map(PublishedUpdate::name).toList());
        PublishedUpdates feed = new TestFeed()
                .describes(described)
                .version(VERSION, "", null, all, List.of())
                .feed();
        PoolSnapshot pool = poolWith("");
        UpdatePolicy policy = TestPolicy.of(mode);
        HostSequence sequence = HostSequence.of(
                pool,
                pool.hosts().get(0),
                updates.stream().map(PublishedUpdate::uuid).toList(),
                Answer.of(Foretelling.livePatch(updates.subList(0, 1))),
                Optional.of(feed),
                policy);

        assertThat(SequenceSteps.foreseen(sequence, maintenance.equals("yes"), policy))
                .as(id)
                .extracting(step -> word(step, updates))
                .isEqualTo(words(steps).toList());
    }

    private static String word(PlannedStep step, List<PublishedUpdate> updates) {
        String word = HostStepsTests.word(step.type());
        return updates.stream()
                .filter(update -> update.uuid().equals(step.update()))
                .map(update -> word + "(" + update.name() + ")")
                .findFirst()
                .orElse(word);
    }
}
