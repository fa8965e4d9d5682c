package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.xenpatch.plan.RecoveryDecision.Wait;
import io.xenpatch.plan.StepSituation.HostBefore;
import io.xenpatch.plan.StepSituation.HostNow;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.RetiredSettings;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryDecisionTests {

    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(100_000);
    private static final UpdateUuid UPDATE = new UpdateUuid(new UUID(0, 500));
    private static final Set<StepType> CALLS = EnumSet.of(
            StepType.DISABLE_HOST,
            StepType.EVACUATE,
            StepType.APPLY_UPDATE,
            StepType.RESTART_TOOLSTACK,
            StepType.REBOOT,
            StepType.ENABLE_HOST);

    @ParameterizedTest(name = "{0}: {1} {2} s after the intent, attempt {4}, {5}, task {6}, host {7} -> {8}")
    @CsvFileSource(resources = "/tables/recovery.csv", numLinesToSkip = 1, delimiter = ';')
    void decidesByTheTable(
            String id,
            StepType type,
            long since,
            long first,
            int attempts,
            CallFate call,
            String task,
            String host,
            String expected) {
        StepSituation step = situation(type, since, first, attempts, call, task(task), host);

        assertThat(word(RecoveryDecision.of(step))).as(id).isEqualTo(expected);
    }

    /** R17, R21: over all combinations. */
    @Test
    void neverRepeatsARebootThatMayStillHappenOrThatWouldHurt() {
        int repeats = 0;
        for (StepSituation step : combinations()) {
            if (word(RecoveryDecision.of(step)).equals("REPEAT")) {
                repeats++;
                HostNow host = Objects.requireNonNull(step.host());
                assertThat(step.task().isAlive() || step.otherTask())
                        .as("in flight: %s", step)
                        .isFalse();
                assertThat(host.snapshot().currentOperations()).as("%s", step).isEmpty();
                assertThat(host.snapshot().live()).as("%s", step).isTrue();
                assertThat(host.snapshot().enabled()).as("%s", step).isFalse();
                assertThat(host.residentGuests()).as("%s", step).isZero();
                assertThat(host.snapshot().bootedAt()).as("%s", step).isEqualTo(BEFORE);
                if (step.call() != CallFate.NOT_HAPPENED) {
                    assertThat(step.attempts()).as("%s", step).isEqualTo(1);
                    assertThat(step.sinceIntent())
                            .as("%s", step)
                            .isGreaterThanOrEqualTo(step.limits().rebootQuiet());
                    assertThat(host.answers()).as("%s", step).isTrue();
                }
            }
        }
        assertThat(repeats).as("the conditions can be met").isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = StepType.class,
            names = {"DISABLE_HOST", "EVACUATE", "APPLY_UPDATE", "RESTART_TOOLSTACK", "REBOOT", "ENABLE_HOST"})
    void endsEveryWaitAndTellsAPersonWhatToDo(StepType type) {
        long limit = RecoveryLimits.defaults().of(type).toSeconds();
        String away = type == StepType.DISABLE_HOST ? "dead enabled guests" : "dead disabled guests";
        for (String host : List.of("unread", away)) {
            for (CallFate call : CallFate.values()) {
                RecoveryDecision late =
                        RecoveryDecision.of(situation(type, limit, limit, 1, call, new TaskFate.Unknown(), host));
                assertThat(detail(late))
                        .as("%s %s", host, call)
                        .contains("Host lab-1")
                        .endsWith(".");
                RecoveryDecision early = RecoveryDecision.of(
                        situation(type, limit - 1, limit - 1, 1, call, new TaskFate.Unknown(), host));
                assertThat(early).as("%s %s", host, call).isEqualTo(new Wait(why(early), NOW.plusSeconds(1)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StepType.class)
    void judgesOnlyStepsThatAreOneCall(StepType type) {
        if (!CALLS.contains(type)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> situation(type, 1, 1, 1, CallFate.MAYBE_SENT, new TaskFate.None(), "live enabled"));
        }
    }

    private static List<StepSituation> combinations() {
        List<TaskFate> tasks = List.of(
                new TaskFate.None(),
                new TaskFate.Alive(),
                new TaskFate.Succeeded(),
                new TaskFate.Unknown(),
                task("OTHER_OPERATION_IN_PROGRESS"),
                task("CANNOT_CONTACT_HOST"),
                task("INTERNAL_ERROR"));
        return hosts().stream()
                .flatMap(host -> Arrays.stream(CallFate.values())
                        .flatMap(call -> tasks.stream()
                                .flatMap(task -> List.of(0L, 24L, 899L, 900L, 1799L, 1800L).stream()
                                        .flatMap(since -> List.of(1, 2, 5).stream()
                                                .map(attempts -> situation(
                                                        StepType.REBOOT, since, since, attempts, call, task, host))))))
                .toList();
    }

    private static List<String> hosts() {
        List<String> all = List.of("");
        for (List<String> choice : List.of(
                List.of("live", "dead"),
                List.of("enabled", "disabled"),
                List.of("", "answers"),
                List.of("", "guests"),
                List.of("", "op=reboot", "op=shutdown"),
                List.of("", "booted=later"),
                List.of("", "other"))) {
            all = all.stream()
                    .flatMap(start -> choice.stream().map(word -> (start + " " + word).strip()))
                    .toList();
        }
        return Stream.concat(all.stream(), Stream.of("unread")).toList();
    }

    private static StepSituation situation(
            StepType type, long since, long first, int attempts, CallFate call, TaskFate task, String host) {
        Set<String> words = Set.of(host.split(" +"));
        boolean unknownBefore = words.contains("booted=first") || words.contains("booted=unproved");
        return new StepSituation(
                type,
                "lab-1",
                words.contains("repository")
                        ? new UpdateContent.RepositoryState("pinned")
                        : new UpdateContent.Image(UPDATE),
                NOW,
                NOW.minusSeconds(first),
                NOW.minusSeconds(since),
                attempts,
                call,
                task,
                words.contains("other"),
                words.contains("unread") ? null : host(words),
                new HostBefore(true, unknownBefore ? null : BEFORE, BEFORE, null),
                RecoveryLimits.defaults());
    }

    private static HostNow host(Set<String> words) {
        boolean bootedLater = words.contains("booted=later") || words.contains("booted=first");
        String operation = words.stream()
                .filter(word -> word.startsWith("op="))
                .map(word -> word.substring(3))
                .findFirst()
                .orElse(null);
        HostSnapshot snapshot = new HostSnapshot(
                new HostUuid(new UUID(0, 1)),
                "lab-1",
                "127.0.0.1",
                words.contains("live"),
                words.contains("enabled"),
                bootedLater ? NOW : BEFORE,
                words.contains("toolstack=later") ? NOW : BEFORE,
                Map.of(),
                Map.of(),
                Map.of(),
                words.contains("applied") ? Set.of(UPDATE) : Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                0,
                0,
                operation == null ? Map.of() : Map.of("OpaqueRef:1", operation),
                software(words),
                RetiredSettings.NONE);
        return new HostNow(snapshot, words.contains("answers"), words.contains("guests") ? 2 : 0);
    }

    private static HostSoftware software(Set<String> words) {
        String hash = words.stream()
                .filter(word -> word.startsWith("hash="))
                .map(word -> word.substring("hash=".length()))
                .findFirst()
                .orElse("");
        return new HostSoftware(PendingGuidances.UNKNOWN, words.contains("software=later") ? NOW : BEFORE, hash, null);
    }

    private static TaskFate task(String word) {
        return switch (word) {
            case "NONE" -> new TaskFate.None();
            case "ALIVE" -> new TaskFate.Alive();
            case "SUCCEEDED" -> new TaskFate.Succeeded();
            case "UNKNOWN" -> new TaskFate.Unknown();
            case "EMPTY" -> new TaskFate.Failed("", List.of());
            default -> new TaskFate.Failed(word, List.of());
        };
    }

    private static String word(RecoveryDecision decision) {
        return decision.fold(done -> "DONE", wait -> "WAIT", () -> "REPEAT", fail -> fail.code());
    }

    private static @Nullable String detail(RecoveryDecision decision) {
        return decision.fold(done -> null, wait -> null, () -> null, fail -> fail.detail());
    }

    private static String why(RecoveryDecision decision) {
        return decision.fold(done -> "done", wait -> wait.why(), () -> "repeat", fail -> fail.code());
    }
}
