package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.PoolPlanner;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.ServerAnswers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What blocks an XCP-ng host that does not say which packages it lacks. */
class PackagesKnownTests {

    private static List<PrecheckRow> rows(Answer<Map<OwedRestart, List<String>>> answer, boolean reachable) {
        var pool = TestPool.of(1).channel(Channel.XCP_NG).snapshot();
        var host = pool.hosts().get(0);
        var answers = ServerAnswers.builder()
                .reachable(Map.of(host.uuid(), reached(reachable)))
                .packages(Map.of(host.uuid(), answer))
                .build();
        var plan = PoolPlanner.planPackages(pool, host, Optional.of(answer), UpdatePolicy.defaults());
        return new PackagesKnown()
                .judge(new Situation(
                        pool,
                        answers,
                        new PoolPlan(
                                pool.uuid(), new UpdateChoice.Image(TestPool.UPDATE), null, List.of(plan), List.of()),
                        UpdatePolicy.defaults(),
                        TestPool.NOW,
                        null));
    }

    private static Answer<Boolean> reached(boolean reachable) {
        return reachable ? Answer.of(true) : Answer.failed("NO_ANSWER", List.of());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "-1, The updater plugin is busy (current operation: check_update), UPDATER_PLUGIN_BUSY, left its lock behind",
        "-1, Update already in progress, UPDATER_PLUGIN_BUSY, somebody else started",
        "XENAPI_MISSING_PLUGIN, updater.py, UPDATER_PLUGIN_MISSING, xcp-ng-xapi-plugins",
        "-1, Cannot find a valid baseurl for repo: xcp-ng-base, UPDATER_PLUGIN_FAILED, yum check-update",
        "NO_ANSWER, not in time, UPDATER_PLUGIN_FAILED, try again",
    })
    void failureBlocksTheHostAndSaysWhatToDo(String code, String message, String row, String told) {
        var rows = rows(Answer.failed(code, List.of(message)), true);

        assertThat(rows).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo(row);
            assertThat(found.isBlocking()).isTrue();
            assertThat(found.hostUuid()).isEqualTo(TestPool.host(0).value());
            assertThat(found.detail()).contains(told);
            assertThat(found.parameters()).containsEntry("xapiError", List.of(code, message));
        });
    }

    @Test
    void hostThatWasNotAskedIsBlocked() {
        assertThat(rows(Answer.notAsked("the host is not live"), true))
                .extracting(PrecheckRow::code)
                .containsExactly("NO_ANSWER");
    }

    @Test
    void hostThatDoesNotAnswerAtAllHasItsOwnRow() {
        assertThat(rows(Answer.notAsked("the host does not answer"), false)).isEmpty();
    }

    @Test
    void packagesThatAreKnownBlockNothing() {
        assertThat(rows(Answer.of(Map.of(OwedRestart.REBOOT_HOST, List.of("kernel"))), true))
                .isEmpty();
        assertThat(rows(Answer.of(Map.of()), true)).isEmpty();
    }
}
