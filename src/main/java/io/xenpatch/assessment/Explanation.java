package io.xenpatch.assessment;

import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.precheck.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An assessment as people read it (P4.1): per pool what needs attention, what happens on each host and in which order, and what is good to
 * know, in Markdown. It says nothing that is not in the assessment, and is made anew whenever it is asked for.
 */
public final class Explanation {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Rows that say what becomes of a host; they are told with its steps. */
    private static final List<String> OF_HOSTS = List.of(
            "HOST_WILL_REBOOT",
            "TOOLSTACK_WILL_RESTART",
            "TASKS_WILL_BE_LEFT",
            "LIVE_PATCH_EFFECTIVE",
            "NO_ACTION_REQUIRED");

    private static final int MOST_NAMES = 20;

    private static final String SPECIAL = "\\`*_{}[]()<>#|&~";

    private final StringBuilder text = new StringBuilder();

    private Explanation() {}

    /** The text. An assessment that still runs is told as far as it is known. */
    public static String of(Assessment assessment) {
        Explanation explanation = new Explanation();
        explanation.head(assessment);
        assessment.pools().forEach(explanation::pool);
        return explanation.text.toString();
    }

    private void head(Assessment assessment) {
        Outcome outcome = assessment.outcome();
        line("# Assessment: " + (outcome == null ? state(assessment) : words(outcome)));
        line("Asked for on " + moment(assessment.createdAt()) + " by " + plain(assessment.createdBy()) + ", about "
                + about(assessment) + ". " + end(assessment));
    }

    private static String state(Assessment assessment) {
        return assessment.state() == AssessmentState.RUNNING ? "not finished yet" : "no longer kept";
    }

    private static String about(Assessment assessment) {
        UpdateChoice choice = UpdateRequests.choice(assessment.request());
        return choice.fold(
                image -> "update " + updateName(assessment).orElseGet(image::toString),
                () -> "everything that the hosts lack",
                hash -> "everything that the hosts lack, at hash " + plain(hash),
                () -> "what earlier updates left to do");
    }

    /** A chosen update as people call it, where any row does. */
    private static Optional<String> updateName(Assessment assessment) {
        return assessment.pools().stream()
                .flatMap(pool -> pool.prechecks().stream())
                .map(row -> row.parameters().get("update"))
                .filter(Objects::nonNull)
                .map(name -> plain(name.toString()))
                .findFirst();
    }

    private static String end(Assessment assessment) {
        Outcome outcome = assessment.outcome();
        if (outcome == null) {
            return "What is said here may still change.";
        }
        return switch (outcome) {
            case UP_TO_DATE -> "There is nothing to do.";
            case BLOCKED -> "As things are a job would not start. Nothing was changed by asking.";
            case NO_ACTION_REQUIRED, ACTION_REQUIRED ->
                "A job would take about " + words(assessment.estimate()) + ". Nothing was changed by asking.";
        };
    }

    private void pool(PoolReport pool) {
        line("## Pool " + name(pool) + ": " + words(pool.outcome()));
        attention(pool);
        fixes(pool);
        order(pool);
        goodToKnow(pool);
    }

    private void attention(PoolReport pool) {
        List<PrecheckView> rows = pool.prechecks().stream()
                .filter(row -> row.severity() == Severity.BLOCKING || row.severity() == Severity.WARNING)
                .toList();
        if (rows.isEmpty()) {
            line("Nothing needs attention beforehand.");
            return;
        }
        line("### What needs attention");
        list(rows.stream().map(Explanation::row));
    }

    private void fixes(PoolReport pool) {
        if (pool.fixes().isEmpty()) {
            return;
        }
        line(
                pool.outcome() == Outcome.BLOCKED
                        ? "### What the job would do about it"
                        : "### What the job does about it");
        list(pool.fixes().stream()
                .map(fix -> fix.code() + ", " + plain(fix.name()) + ": "
                        + sentence(fix.code().description())));
    }

    private static String row(PrecheckView row) {
        String stops = row.acknowledge() ? "**Awaits your word.** " : "**Take note.** ";
        String weight = row.severity() == Severity.BLOCKING ? "**Stops it.** " : stops;
        String fix = row.fix() == null || row.parameters().containsKey("fixedBy")
                ? ""
                : " Cure (" + row.fix().code() + "): " + sentence(row.fix().description());
        return weight + sentence(row.title()) + detail(row) + fix;
    }

    private static String detail(PrecheckView row) {
        return row.detail().isBlank() ? "" : " " + plain(row.detail());
    }

    private void order(PoolReport pool) {
        List<String> hosts = pool.hosts().stream()
                .filter(host -> !steps(pool, host.hostUuid()).isEmpty())
                .map(host -> host(pool, host))
                .toList();
        if (hosts.isEmpty()) {
            return;
        }
        line(
                pool.outcome() == Outcome.BLOCKED
                        ? "### What would happen, in this order"
                        : "### What happens, in this order");
        for (int place = 0; place < hosts.size(); place++) {
            text.append(place + 1).append(". ").append(hosts.get(place)).append('\n');
        }
        text.append('\n');
    }

    private static String host(PoolReport pool, DecisionView host) {
        String outcome = outcomeOf(pool, host.hostUuid())
                .map(row -> sentence(row.title()) + detail(row))
                .orElseGet(() -> "Host " + host.hostUuid() + ".");
        String guests = host.vmsToRestart().isEmpty()
                ? ""
                : " VMs that must restart before it takes effect in them: "
                        + host.vmsToRestart().size() + ".";
        return outcome + guests + " Steps: " + String.join(", ", steps(pool, host.hostUuid())) + ".";
    }

    private static Optional<PrecheckView> outcomeOf(PoolReport pool, UUID host) {
        return pool.prechecks().stream()
                .filter(row -> OF_HOSTS.contains(row.code()) && host.equals(row.hostUuid()))
                .findFirst();
    }

    private static List<String> steps(PoolReport pool, UUID host) {
        return pool.steps().stream()
                .filter(step -> step.hostUuid().equals(host))
                .map(step -> step.type() == StepType.EVACUATE ? leaving(pool, host) : words(pool, step))
                .toList();
    }

    /** By name, unless there are too many to read. */
    private static String leaving(PoolReport pool, UUID host) {
        List<String> names = pool.vmsToMove().stream()
                .filter(move -> move.hostUuid().equals(host))
                .map(move -> plain(move.name()))
                .toList();
        if (names.isEmpty()) {
            return "move its VMs away (none runs there now)";
        }
        return names.size() > MOST_NAMES
                ? "move its " + names.size() + " VMs away"
                : "move its VMs away (" + String.join(", ", names) + ")";
    }

    private static String words(PoolReport pool, PoolReport.Step step) {
        return switch (step.type()) {
            case ASSERT_EVACUABLE -> "ask whether its VMs can leave";
            case FIX -> "make the fixes that it needs";
            case DISABLE_HOST -> "disable it";
            case EVACUATE -> "move its VMs away";
            case APPLY_UPDATE -> "apply " + updateName(pool, step);
            case VERIFY -> "look at what it needs now";
            case RESTART_TOOLSTACK -> "restart its toolstack";
            case REBOOT -> "reboot it";
            case AWAIT_HOST_LIVE -> "wait until it is back";
            case AWAIT_STORAGE -> "wait for its storage";
            case ENABLE_HOST -> "enable it";
            case RESTORE_VMS -> "bring its VMs home";
            case REVERT -> "take its fixes back";
        };
    }

    private static String updateName(PoolReport pool, PoolReport.Step step) {
        return pool.hosts().stream()
                .flatMap(host -> host.updates().stream())
                .filter(update -> update.updateUuid().equals(step.updateUuid()))
                .map(update -> "update " + plain(update.name()))
                .findFirst()
                .orElse("the update");
    }

    private void goodToKnow(PoolReport pool) {
        List<PrecheckView> rows = pool.prechecks().stream()
                .filter(row -> row.severity() == Severity.INFO && !isToldWithItsHost(pool, row))
                .toList();
        if (!rows.isEmpty()) {
            line("### Good to know");
            list(rows.stream().map(row -> sentence(row.title()) + detail(row)));
        }
    }

    private static boolean isToldWithItsHost(PoolReport pool, PrecheckView row) {
        return OF_HOSTS.contains(row.code())
                && row.hostUuid() != null
                && !steps(pool, row.hostUuid()).isEmpty();
    }

    /** Every row of a pool names it. */
    private static String name(PoolReport pool) {
        return pool.prechecks().stream()
                .map(row -> row.parameters().get("pool"))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .map(Explanation::plain)
                .orElse(pool.poolUuid().toString());
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case UP_TO_DATE -> "up to date";
            case NO_ACTION_REQUIRED -> "no action required after the update";
            case ACTION_REQUIRED -> "action required after the update";
            case BLOCKED -> "blocked";
        };
    }

    private static String words(Duration length) {
        long minutes = Math.max(1, length.plusSeconds(59).toMinutes());
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    private static String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    private static String sentence(String title) {
        String words = plain(title);
        return words.endsWith(".") ? words : words + ".";
    }

    /** Names come from pools and requests: they are shown as they are, and never as Markdown or HTML. */
    private static String plain(String words) {
        return words.strip()
                .replaceAll("\\s+", " ")
                .chars()
                .mapToObj(letter -> SPECIAL.indexOf(letter) >= 0 ? "\\" + (char) letter : Character.toString(letter))
                .collect(Collectors.joining());
    }

    private void line(String words) {
        text.append(words).append("\n\n");
    }

    private void list(Stream<String> items) {
        items.forEach(item -> text.append("- ").append(item).append('\n'));
        text.append('\n');
    }
}
