package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.assessment.Question.Kind;
import io.xenpatch.assessment.Question.Outcome;
import io.xenpatch.assessment.Question.Reply;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.jsonrpc.VirtualPool;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.OwedRestart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R12: what XCP-ng hosts lack, asked in virtual time. */
class PackageAskingTests {
    private static final Instant START = Instant.parse("2026-11-23T01:00:00Z");
    private static final Duration PACE = Duration.ofMillis(300);
    private static final int MOST_STEPS = 1_000;

    private final VirtualPool pool = new VirtualPool(
            Scenario.of(Scenario.pool("xcp")
                    .profile(Profile.XCP_NG_8_3)
                    .hosts(2)
                    .packages(UpdateSet.REBOOT)
                    .packages(UpdateSet.TOOLSTACK)),
            START);
    private final XapiPool xapi = pool.connect();

    private HostUuid host(int position) {
        return HostUuid.of(pool.hostUuids().get(position));
    }

    /** Asks the hosts until all have replied. */
    private List<Question> asked(HostUuid... hosts) {
        var snapshot = xapi.pool().observe();
        var questions = List.of(hosts).stream()
                .map(host -> Question.open(host, Kind.PACKAGES))
                .toList();
        for (int step = 0; questions.stream().anyMatch(Question::isOpen); step++) {
            assertThat(step).isLessThan(MOST_STEPS);
            pool.advanceTo(pool.instant().plus(PACE));
            questions = new Asking(xapi, snapshot, PackageAsking.DEFAULTS, pool).step(questions);
        }
        return questions;
    }

    private static Reply reply(Question question) {
        return Objects.requireNonNull(question.reply());
    }

    private void inject(FaultKind kind, Duration length) {
        pool.inject(Fault.on(xapi.pool().observe().uuid().toString(), kind).lasting(length));
    }

    @AfterEach
    void close() {
        xapi.close();
    }

    @Test
    void packagesAreSortedByWhatTheyNeed() {
        var questions = asked(host(0), host(1));

        assertThat(Replies.answers(questions).packagesOf(host(1)))
                .isEqualTo(Answer.of(Map.of(
                        OwedRestart.REBOOT_HOST,
                        List.of("kernel"),
                        OwedRestart.RESTART_TOOLSTACK,
                        List.of("xapi-core"),
                        OwedRestart.NOTHING,
                        List.of("xsconsole"))));
        assertThat(Replies.answers(questions).packagesOf(host(0)))
                .isEqualTo(Replies.answers(questions).packagesOf(host(1)));
    }

    @Test
    void hostThatHasEverythingLacksNothing() {
        var task = xapi.packages().update(host(0));
        pool.advanceTo(pool.instant().plus(Duration.ofMinutes(5)));
        xapi.tasks().destroy(task);

        assertThat(Replies.answers(asked(host(0))).packagesOf(host(0))).isEqualTo(Answer.of(Map.of()));
    }

    @Test
    void busyPluginIsAskedAgainEveryTwoSecondsUntilItAnswers() {
        inject(FaultKind.PLUGIN_BUSY, Duration.ofSeconds(9));

        var question = asked(host(0)).get(0);

        assertThat(reply(question).outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(question.tries()).isBetween(4, 5);
    }

    @Test
    void pluginThatStaysBusyIsAskedTenTimes() {
        inject(FaultKind.PLUGIN_BUSY, Duration.ofMinutes(1));

        var question = asked(host(0)).get(0);

        assertThat(question.tries()).isEqualTo(10);
        assertThat(reply(question).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(reply(question).words())
                .startsWith("-1", "The updater plugin is busy (current operation: check_update)");
        assertThat(Duration.between(START, pool.instant())).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(30));
    }

    @Test
    void otherFailuresAreNotAskedAgain() {
        pool.inject(Fault.on(xapi.pool().observe().uuid().toString(), FaultKind.API_ERROR)
                .forMethod("host.call_plugin")
                .failingWith("-1", "Cannot find a valid baseurl for repo: xcp-ng-base", "", "Traceback"));

        var question = asked(host(0)).get(0);

        assertThat(question.tries()).isEqualTo(1);
        assertThat(Replies.answers(List.of(question)).packagesOf(host(0)))
                .isEqualTo(Answer.failed(
                        "-1", List.of("Cannot find a valid baseurl for repo: xcp-ng-base", "", "Traceback")));
    }
}
