package io.xenpatch.assessment;

import io.xenpatch.assessment.Question.Kind;
import io.xenpatch.assessment.Question.Reply;
import io.xenpatch.precheck.LeastRoles;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xapi.XapiTaskRecord;
import io.xenpatch.xen.HostClock;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PackageUpdate;
import io.xenpatch.xen.PendingTask;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdaterRefusal;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step of {@link Questions}: the calls that it makes. */
final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    /** So many tasks of ours run on a pool at once. */
    static final int AT_ONCE = 4;

    private static final int TRIES = 3;

    private static final Set<String> QUESTIONS =
            Set.of("Async.pool_update.precheck", "Async.host.get_vms_which_prevent_evacuation");

    /** After that no further host is called in this step: a call to a host that hangs takes up to ten seconds. */
    private static final Duration ENOUGH = Duration.ofMillis(500);

    private final XapiPool pool;
    private final PoolSnapshot snapshot;
    private final PackageAsking packages;
    private final InstantSource clock;
    private final Instant now;

    Asking(XapiPool pool, PoolSnapshot snapshot, PackageAsking packages, InstantSource clock) {
        this.pool = pool;
        this.snapshot = snapshot;
        this.packages = packages;
        this.clock = clock;
        this.now = clock.instant();
    }

    List<Question> step(List<Question> questions) {
        List<Question> next = new ArrayList<>(questions);
        next.replaceAll(question -> question.isAsked() ? look(question) : question);
        next.replaceAll(question ->
                question.isOpen() && question.kind().isOfCoordinator() && hasTime() ? ofPool(question) : question);
        next.replaceAll(question ->
                question.isOpen() && question.kind() == Kind.REACHABLE && hasTime() ? reach(question) : question);
        boolean allReached =
                next.stream().noneMatch(question -> question.isOpen() && question.kind() == Kind.REACHABLE);
        if (allReached) {
            next.replaceAll(
                    question -> question.isOpen() && question.kind() == Kind.UPDATES ? list(question) : question);
            long running = next.stream().filter(Question::isAsked).count();
            for (int i = 0; i < next.size() && running < AT_ONCE && hasTime(); i++) {
                Question question = next.get(i);
                if (question.isOpen()
                        && !question.isAsked()
                        && question.isDue(now)
                        && question.kind() != Kind.UPDATES
                        && !question.kind().isOfCoordinator()
                        && !isSilent(next, question)) {
                    next.set(i, ask(question));
                    running++;
                }
            }
        }
        return next;
    }

    private boolean hasTime() {
        return Duration.between(now, clock.instant()).compareTo(ENOUGH) < 0;
    }

    private static boolean isSilent(List<Question> all, Question question) {
        return all.stream()
                .filter(other -> other.kind() == Kind.REACHABLE && other.host().equals(question.host()))
                .map(Question::reply)
                .anyMatch(reply -> reply != null && reply.outcome() == Question.Outcome.FAILED);
    }

    /** Short reads that only the coordinator answers. */
    private Question ofPool(Question question) {
        try {
            return question.replied(
                    switch (question.kind()) {
                        case PERMISSIONS ->
                            Reply.answered(pool.pool().permissions().among(LeastRoles.permissions()));
                        case CERTIFICATES -> Reply.valid(byUuid(pool.pool().certificatesEnd()));
                        case TASKS -> Reply.pending(pendingTasks(question.host()));
                        default -> throw new IllegalArgumentException("not of the coordinator");
                    });
        } catch (XapiFailure.Refused refused) {
            return question.replied(refusal(refused));
        } catch (XapiFailure.AnswerLost lost) {
            return onceMore(question, "the answer was lost");
        }
    }

    /** Asked before any question that is a task of ours; those of other assessments end by themselves. */
    private List<PendingTask> pendingTasks(HostUuid coordinator) {
        List<XapiTaskRecord> pending = pool.tasks().all().stream()
                .filter(task -> task.state() instanceof XapiTask.Pending && !QUESTIONS.contains(task.name()))
                .toList();
        if (pending.isEmpty()) {
            return List.of();
        }
        Instant serverNow = pool.hosts().serverTime(coordinator);
        return pending.stream()
                .map(task -> new PendingTask(task.name(), task.residentOn(), age(task, serverNow)))
                .toList();
    }

    private static Duration age(XapiTaskRecord task, Instant serverNow) {
        Duration age = Duration.between(task.createdAt(), serverNow);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static Map<UUID, Instant> byUuid(Map<HostUuid, Instant> ends) {
        Map<UUID, Instant> byUuid = new HashMap<>();
        ends.forEach((host, end) -> byUuid.put(host.value(), end));
        return byUuid;
    }

    private Question reach(Question question) {
        if (snapshot.host(question.host()).isEmpty()) {
            return question.replied(Reply.failed(List.of("HOST_GONE")));
        }
        try {
            Instant sent = clock.instant();
            Instant told = pool.hosts().serverTime(question.host());
            return question.replied(Reply.answered(HostClock.measured(sent, told, clock.instant())));
        } catch (XapiFailure.Refused refused) {
            return question.replied(refusal(refused));
        } catch (XapiFailure.AnswerLost lost) {
            return question.replied(Questions.noAnswer("get_servertime"));
        }
    }

    /** No task, and it may take minutes: looked for again at each step, without waiting. */
    private Question list(Question question) {
        try {
            return pool.repositories()
                    .pollUpdates()
                    .map(updates -> question.replied(Reply.answered(updates.essence())))
                    .orElse(question);
        } catch (XapiFailure.Refused refused) {
            return question.replied(refusal(refused));
        } catch (XapiFailure.AnswerLost lost) {
            return onceMore(question, "the list of updates was lost");
        }
    }

    private Question ask(Question question) {
        try {
            return question.asked(
                    switch (question.kind()) {
                        case PRECHECK ->
                            pool.poolUpdates().precheck(Objects.requireNonNull(question.update()), question.host());
                        case PACKAGES -> pool.packages().checkUpdate(question.host());
                        case DISK_SPACE -> pool.hosts().askFreeDiskSpace(question.host());
                        case EVACUATION -> pool.hosts().askEvacuationBlockers(question.host());
                        case PERMISSIONS, CERTIFICATES, TASKS, REACHABLE, UPDATES ->
                            throw new IllegalArgumentException("asked without a task");
                    });
        } catch (XapiFailure.Refused refused) {
            return question.replied(refusal(refused));
        } catch (XapiFailure.AnswerLost lost) {
            return onceMore(question, "the answer was lost");
        }
    }

    private Question look(Question question) {
        XapiTaskRef task = question.task();
        if (task == null) {
            return question;
        }
        Question next = observe(question, task);
        if (!next.isOpen()) {
            forget(task);
        }
        return next;
    }

    private Question observe(Question question, XapiTaskRef task) {
        try {
            return pool.tasks()
                    .observe(task)
                    .fold(
                            pending -> question,
                            succeeded -> question.replied(read(question, succeeded)),
                            failed -> failed(question, failed),
                            unknown -> onceMore(question, unknown.why()));
        } catch (XapiFailure.AnswerLost lost) {
            return question;
        } catch (XapiFailure.Refused refused) {
            return question.replied(refusal(refused));
        }
    }

    /** R12: a plugin that is busy is asked again, a few times. */
    private Question failed(Question question, XapiTask.Failed failed) {
        boolean busy = question.kind() == Kind.PACKAGES
                && UpdaterRefusal.of(failed.code(), failed.parameters()).isBusy();
        if (failed.code().equals("HANDLE_INVALID") && question.tries() < TRIES) {
            // a reference that changed: by now it is asked for again
            return question.again();
        }
        return busy && question.tries() < packages.busyTries()
                ? question.againAt(now.plus(packages.busyPause()))
                : question.replied(Reply.failed(verbatim(failed.code(), failed.parameters())));
    }

    /** The answer is worth more than a tidy list of tasks: the server forgets a finished task by itself after a day. */
    private void forget(XapiTaskRef task) {
        try {
            pool.tasks().destroy(task);
        } catch (XapiFailure failure) {
            LOG.debug("Task {} of pool {} stays in its list: {}", task, snapshot.uuid(), failure.getMessage());
        }
    }

    private Reply read(Question question, XapiTask.Succeeded answer) {
        return switch (question.kind()) {
            case PRECHECK ->
                Reply.answered(pool.poolUpdates().livePatchStatus(answer).name());
            case PACKAGES -> lacking(answer);
            case DISK_SPACE -> free(answer);
            case EVACUATION -> {
                Map<UUID, List<String>> blockers = new HashMap<>();
                pool.hosts().evacuationBlockers(answer).forEach((vm, reason) -> blockers.put(vm.value(), reason));
                yield Reply.answered(blockers);
            }
            case PERMISSIONS, CERTIFICATES, TASKS, REACHABLE, UPDATES ->
                throw new IllegalArgumentException("answered without a task");
        };
    }

    private Reply lacking(XapiTask.Succeeded answer) {
        try {
            List<PackageUpdate> missing = pool.packages().missing(answer);
            return Reply.lacking(
                    packages.rules()
                            .sort(missing.stream().map(PackageUpdate::name).toList()),
                    size(missing));
        } catch (XapiFailure.AnswerLost unreadable) {
            // it will not become another by looking at it again
            return Questions.noAnswer("check_update answered no list of packages");
        }
    }

    /** Null when one of them does not say. */
    private static @Nullable Long size(List<PackageUpdate> missing) {
        return missing.stream().allMatch(each -> each.size() > 0)
                ? (Long) missing.stream().mapToLong(PackageUpdate::size).sum()
                : null;
    }

    private Reply free(XapiTask.Succeeded answer) {
        try {
            return Reply.free(pool.hosts().freeDiskSpace(answer));
        } catch (XapiFailure.AnswerLost unreadable) {
            return Questions.noAnswer("the plugin disk-space answered no number");
        }
    }

    private static Question onceMore(Question question, String why) {
        Question again = question.again();
        return again.tries() >= TRIES ? question.replied(Questions.noAnswer(why)) : again;
    }

    private static Reply refusal(XapiFailure.Refused refused) {
        return Reply.failed(verbatim(refused.code(), refused.parameters()));
    }

    private static List<String> verbatim(String code, List<String> parameters) {
        List<String> words = new ArrayList<>(List.of(code));
        words.addAll(parameters);
        return words;
    }
}
