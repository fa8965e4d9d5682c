package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.jsonrpc.VirtualPool;
import io.xenpatch.xen.UpdateUuid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people read of an assessment, word for word: {@code -Dxenpatch.docs=write} writes the approved texts anew, to be read before they are
 * committed.
 */
class ExplanationTests {
    private static final Path APPROVED = Path.of("src", "test", "resources", "approved");
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final UpdateUuid UPDATE = UpdateUuid.of("11111111-2222-3333-4444-555555555555");

    private static PoolScenario pool(String name) {
        return Scenario.pool(name).hosts(2).vmsEach(1);
    }

    private static PoolScenario with(String update, PoolScenario pool) {
        return pool.update(update, described -> described.uuid(UPDATE.toString()));
    }

    private static Stream<Arguments> situations() {
        UpdateRequest.Choice image = new UpdateRequest.Choice(UPDATE.value(), null, null, null);
        UpdateRequest.Choice latest = new UpdateRequest.Choice(null, true, null, null);
        return Stream.of(
                Arguments.of("live-patched", with("LIVE", pool("lab")), image),
                Arguments.of("rebooted", with("REBOOT", pool("lab")), image),
                Arguments.of(
                        "blocked",
                        with("REBOOT", pool("lab").haEnabled().vm("pinned", guest -> guest.localStorage())),
                        image),
                Arguments.of(
                        "up-to-date",
                        pool("lab")
                                .update(
                                        "LIVE",
                                        done -> done.uuid(UPDATE.toString()).appliedOn(0, 1)),
                        image),
                Arguments.of("several-updates", pool("lab").update("TOOLSTACK").update("REBOOT"), latest),
                Arguments.of(
                        "repository", pool("cloud").profile(Profile.XENSERVER_8).repository(UpdateSet.LIVE), latest),
                Arguments.of(
                        "packages", pool("edge").profile(Profile.XCP_NG_8_3).packages(UpdateSet.TOOLSTACK), latest));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void tellsWhatHappensInWhichOrderAndWhatNeedsAttention(
            String name, PoolScenario scenario, UpdateRequest.Choice choice) throws IOException {
        assertApproved(name, Explanation.of(assessed(scenario, choice, UpdatePolicy.defaults())));
    }

    private static void assertApproved(String name, String told) throws IOException {
        Path file = APPROVED.resolve("explanation-" + name + ".md");
        if ("write".equals(System.getProperty("xenpatch.docs"))) {
            Files.writeString(file, told);
        }
        assertThat(told).as("%s", file).isEqualTo(Files.readString(file));
    }

    @Test
    void tellsWhatTheJobDoesAboutItAndTakesBack() throws IOException {
        PoolScenario scenario = with(
                "REBOOT",
                pool("lab")
                        .haEnabled()
                        .wlbEnabled()
                        .vm("reader", guest -> guest.cdInserted())
                        .vm("pinned", guest -> guest.localStorage()));
        UpdatePolicy policy = UpdatePolicy.defaults().allowing(Set.of("ALL", "SUSPEND_VM"));

        String told =
                Explanation.of(assessed(scenario, new UpdateRequest.Choice(UPDATE.value(), null, null, null), policy));

        assertApproved("fixed", told);
    }

    private static Assessment assessed(PoolScenario scenario, UpdateRequest.Choice choice, UpdatePolicy policy) {
        VirtualPool pool = new VirtualPool(Scenario.of(scenario), START);
        UpdateRequest request = request(choice);
        UpdateChoice chosen = UpdateRequests.choice(request);
        try (XapiPool xapi = pool.connect()) {
            PoolReport report =
                    TestAssessment.of(xapi, chosen, Set.of(), LatestImages.OF_THE_POOL, policy, pool, pool::advanceTo);
            return assessment(request, report.outcome(), List.of(report));
        }
    }

    private static UpdateRequest request(UpdateRequest.Choice choice) {
        return new UpdateRequest(null, choice, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static Assessment assessment(UpdateRequest request, @Nullable Outcome outcome, List<PoolReport> pools) {
        return new Assessment(
                new UUID(0, 1),
                1,
                outcome == null ? AssessmentState.RUNNING : AssessmentState.COMPLETED,
                START,
                "alice",
                outcome == null ? null : START.plus(Duration.ofSeconds(9)),
                request,
                outcome,
                pools);
    }

    @Test
    void saysThatOneThatRunsMayStillChange() {
        UpdateRequest request = request(new UpdateRequest.Choice(null, null, "abc_1", null));

        assertThat(Explanation.of(assessment(request, null, List.of())))
                .contains("not finished yet", "at hash abc\\_1", "may still change");
    }

    @Test
    void showsNamesAsTheyAreAndNeverAsMarkup() {
        PrecheckView row = new PrecheckView(
                "UP_TO_DATE",
                io.xenpatch.precheck.Severity.WARNING,
                io.xenpatch.precheck.Scope.POOL,
                null,
                new UUID(0, 2),
                null,
                "Pool <script>alert(1)</script> [x](y)\n# z",
                "",
                Map.of("pool", "<b>*lab*</b>"),
                null,
                false);
        PoolReport report = new PoolReport(
                new UUID(0, 2),
                Outcome.UP_TO_DATE,
                List.of(row),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Duration.ZERO);
        UpdateRequest request = request(new UpdateRequest.Choice(null, null, null, true));

        assertThat(Explanation.of(assessment(request, Outcome.UP_TO_DATE, List.of(report))))
                .contains("## Pool \\<b\\>\\*lab\\*\\</b\\>", "what earlier updates left to do")
                .contains("\\<script\\>alert\\(1\\)\\</script\\> \\[x\\]\\(y\\) \\# z.")
                .doesNotContain("<script>", "\n# z");
    }
}
