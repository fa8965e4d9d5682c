package io.xenpatch.job;

import io.xenpatch.plan.RefusalWords;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.TaskFate;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.StorageConnection;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A step that is one call: intent committed, the call with no transaction open, outcome committed; then observed until what it was
 * for is the case. Found RUNNING after a crash it is observed exactly like that (ARCHITECTURE "Recovery").
 */
final class CallStep {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private CallStep() {}

    static Tick slice(Slice slice, HostUpdate host, Step step) {
        HostLook look = HostLook.of(slice, host, step.task());
        return step.call() == null ? first(slice, host, step, look) : observed(slice, host, step, look);
    }

    private static Tick first(Slice slice, HostUpdate host, Step step, HostLook look) {
        HostSnapshot seen = look.host().orElse(null);
        if (seen == null) {
            return HostWork.tooLong(slice, step)
                    ? HostWork.fail(
                            slice,
                            host,
                            step,
                            Failure.of(
                                    Reasons.POOL_UNREACHABLE,
                                    "The pool did not answer for "
                                            + JobSettings.words(slice.settings().poolAnswers()) + ". " + step.type()
                                            + " was not sent to host " + host.name() + ". "
                                            + (host.hasDisabled()
                                                    ? "It may be disabled: see that it is enabled (xe host-enable) and where its VMs"
                                                            + " run when the pool answers again."
                                                    : "Nothing was done to it before.")))
                    : HostWork.await(
                            slice,
                            host,
                            step,
                            "the pool to answer",
                            slice.settings().poolAnswers(),
                            LOOK_AGAIN);
        }
        if (mayEnableItself(host, step, seen) && !HostWork.tooLong(slice, step)) {
            return HostWork.await(
                    slice,
                    host,
                    step,
                    "host " + host.name() + " to enable itself after its restart",
                    slice.settings().selfEnable(),
                    LOOK_AGAIN);
        }
        if (isSo(step, seen, look, slice.pool())) {
            return HostWork.skipped(slice, host, step);
        }
        if (mustNotReboot(step, look)) {
            return notEmpty(slice, host, step, look);
        }
        if (step.type() == StepType.REBOOT || step.type() == StepType.RESTART_TOOLSTACK) {
            List<String> foreign = ForeignTasks.on(slice, host);
            if (!foreign.isEmpty()) {
                return ForeignTasks.await(slice, host, step, foreign);
            }
        }
        return send(slice, host, step, look, seen);
    }

    /** Disabled just after a restart does not mean that it stays so (R27), and an enabled host is refused the next reboot. */
    private static boolean mayEnableItself(HostUpdate host, Step step, HostSnapshot seen) {
        return step.type() == StepType.DISABLE_HOST && !seen.enabled() && hasRestartedSinceDisabled(host, step);
    }

    private static boolean hasRestartedSinceDisabled(HostUpdate host, Step step) {
        return host.steps().stream()
                .filter(done ->
                        done.position() < step.position() && done.state().isTerminal())
                .map(Step::type)
                .filter(type -> type == StepType.DISABLE_HOST || type == StepType.AWAIT_HOST_LIVE)
                .reduce((earlier, later) -> later)
                .filter(StepType.AWAIT_HOST_LIVE::equals)
                .isPresent();
    }

    /** R17: never while a guest is resident, the first time or again. */
    private static boolean mustNotReboot(Step step, HostLook look) {
        return step.type() == StepType.REBOOT && !look.guests().isEmpty();
    }

    private static Tick notEmpty(Slice slice, HostUpdate host, Step step, HostLook look) {
        String who = look.guests().stream().map(VmSnapshot::name).sorted().collect(Collectors.joining(", "));
        return HostWork.fail(
                slice,
                host,
                step,
                Failure.of(
                        "HOST_NOT_EMPTY",
                        "Host " + host.name() + " is disabled but " + who
                                + " runs on it, so it was not rebooted. Move these VMs, then reboot it."));
    }

    private static boolean isSo(Step step, HostSnapshot host, HostLook look, PoolUpdate pool) {
        return switch (step.type()) {
            case DISABLE_HOST -> !host.enabled();
            case ENABLE_HOST -> host.enabled();
            case EVACUATE -> look.guests().isEmpty() && !host.isBusyWith("evacuate");
            case APPLY_UPDATE ->
                pool.image(step).filter(host.appliedUpdates()::contains).isPresent();
            default -> false;
        };
    }

    private static Tick send(Slice slice, HostUpdate host, Step step, HostLook look, HostSnapshot seen) {
        Before before =
                new Before(slice.time(), seen.enabled(), seen.bootedAt(), seen.toolstackStartedAt(), serverTime(slice));
        if (!slice.hasTimeForACall()) {
            return Tick.at(slice.time());
        }
        Step intent = step.intent(slice.time(), before).keeping(kept(step, look, seen));
        slice.save(
                host,
                intent,
                slice.hostEvent(
                        "step.started", host, Map.of("step", step.type().name(), "attempt", intent.attempts())));
        HostUpdate saved = slice.pool().hostUpdate(host.host());
        try {
            XapiTaskRef task = slice.sending(() -> call(slice, host, step));
            slice.save(
                    saved,
                    intent.accepted(task),
                    slice.hostEvent(
                            "xapi-call.accepted",
                            host,
                            Map.of("step", step.type().name(), "task", task.value())));
        } catch (XapiFailure.Refused refused) {
            return refused(slice, saved, intent, refused);
        } catch (XapiFailure failure) {
            if (!failure.mayHaveHappened()) {
                slice.save(saved, intent.notHappened());
            }
        }
        return Tick.at(slice.time().plus(pace(step.type())));
    }

    private static Tick refused(Slice slice, HostUpdate host, Step intent, XapiFailure.Refused refused) {
        if (refused.mayHaveHappened()) {
            return Tick.at(slice.time().plus(LOOK_AGAIN));
        }
        if (new TaskFate.Failed(refused.code(), refused.parameters()).isPassing()) {
            slice.save(host, intent.notHappened());
            return Tick.at(slice.time().plus(LOOK_AGAIN));
        }
        List<String> error = AssertEvacuable.error(new XapiTask.Failed(refused.code(), refused.parameters()));
        return HostWork.fail(
                slice,
                host,
                intent.notHappened(),
                new Failure(
                        intent.type() + "_REFUSED",
                        ("The pool refused " + intent.type() + " on host " + host.name() + ": " + refused.code() + ". "
                                        + RefusalWords.of(refused.code()))
                                .strip(),
                        error));
    }

    private static Tick observed(Slice slice, HostUpdate host, Step step, HostLook look) {
        return Adopting.slice(slice, host, step, look).orElseGet(() -> judged(slice, host, step, look));
    }

    private static Tick judged(Slice slice, HostUpdate host, Step step, HostLook look) {
        return Recovering.decide(slice, host, step, look)
                .fold(
                        done -> {
                            Optional<Failure> refused = Applied.refusal(slice, host, step, look);
                            if (refused.isPresent()) {
                                return HostWork.fail(slice, slice.pool().hostUpdate(host.host()), step, refused.get());
                            }
                            noteMoves(slice, host, step, look);
                            Step told =
                                    step.type() == StepType.APPLY_UPDATE ? Applied.keep(slice, host, step, look) : step;
                            forget(slice, step);
                            return HostWork.done(slice, slice.pool().hostUpdate(host.host()), told);
                        },
                        wait -> HostWork.awaitUntil(slice, host, step, wait.why(), wait.until(), pace(step.type())),
                        () -> again(slice, host, step, look),
                        fail -> {
                            noteMoves(slice, host, step, look);
                            HostUpdate now = slice.pool().hostUpdate(host.host());
                            List<String> error = error(look);
                            return Applied.needsAnEmptyHost(now, step, error)
                                    ? emptyFirst(slice, now, step)
                                    : HostWork.fail(slice, now, step, new Failure(fail.code(), fail.detail(), error));
                        });
    }

    /** The server wants the host empty, which nothing foretold: once (REQ-17). */
    private static Tick emptyFirst(Slice slice, HostUpdate host, Step step) {
        forget(slice, step);
        slice.save(
                host.doingFirst(List.of(StepType.ASSERT_EVACUABLE, StepType.EVACUATE), step),
                slice.hostEvent("host-update.evacuation-required", host, Map.of()));
        return Tick.at(slice.time());
    }

    private static Tick again(Slice slice, HostUpdate host, Step step, HostLook look) {
        return mustNotReboot(step, look)
                ? notEmpty(slice, host, step, look)
                : look.host()
                        .map(seen -> send(slice, host, step, look, seen))
                        .orElseGet(() -> Tick.at(slice.time().plus(LOOK_AGAIN)));
    }

    private static void noteMoves(Slice slice, HostUpdate host, Step step, HostLook look) {
        if (step.type() == StepType.EVACUATE && look.pool() != null) {
            slice.save(Homes.moved(slice.pool(), host.host(), Evacuees.of(step.data()), look.pool()));
        }
    }

    private static List<String> error(HostLook look) {
        return look.task() == null
                ? List.of()
                : look.task().fold(p -> List.of(), s -> List.of(), AssertEvacuable::error, u -> List.of());
    }

    private static void forget(Slice slice, Step step) {
        XapiTaskRef task = step.task();
        if (task == null) {
            return;
        }
        try {
            slice.xapi().tasks().destroy(task);
        } catch (XapiFailure gone) {
            // a task that can't be destroyed now is collected by the server after 65 minutes (xapi.md §3)
            org.slf4j.LoggerFactory.getLogger(CallStep.class).debug("Task {} stays: {}", task, gone.getMessage());
        }
    }

    private static @Nullable String kept(Step step, HostLook look, HostSnapshot host) {
        return switch (step.type()) {
            case EVACUATE -> Evacuees.of(step.data()).and(look.guests()).json();
            case REBOOT ->
                host.storage().stream()
                        .filter(StorageConnection::attached)
                        .map(pbd -> "\"" + pbd.pbd() + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
            default -> null;
        };
    }

    private static @Nullable Instant serverTime(Slice slice) {
        return Homes.coordinatorTime(slice);
    }

    private static XapiTaskRef call(Slice slice, HostUpdate work, Step step) {
        HostUuid host = work.host();
        XapiPool xapi = slice.xapi();
        return switch (step.type()) {
            case DISABLE_HOST ->
                work.endsDisabled()
                        ? xapi.hosts().disableUntilEnabled(host)
                        : xapi.hosts().disable(host);
            case ENABLE_HOST -> xapi.hosts().enable(host);
            case EVACUATE -> xapi.hosts().evacuate(host);
            case APPLY_UPDATE ->
                slice.pool()
                        .content(work, step)
                        .map(content -> content.fold(
                                image -> xapi.poolUpdates().apply(image, host),
                                hash -> xapi.repositories().apply(host, hash),
                                () -> xapi.packages().update(host)))
                        .orElseThrow();
            case RESTART_TOOLSTACK -> xapi.hosts().restartToolstack(host);
            case REBOOT -> xapi.hosts().reboot(host);
            default -> throw new IllegalArgumentException(step.type().name());
        };
    }

    private static Duration pace(StepType type) {
        return switch (type) {
            case DISABLE_HOST, ENABLE_HOST -> Duration.ofMillis(300);
            case EVACUATE, APPLY_UPDATE -> Duration.ofMillis(700);
            default -> Duration.ofSeconds(1);
        };
    }
}
