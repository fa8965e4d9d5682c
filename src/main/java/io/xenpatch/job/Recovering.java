package io.xenpatch.job;

import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.RecoveryDecision;
import io.xenpatch.plan.StepSituation;
import io.xenpatch.plan.StepSituation.HostBefore;
import io.xenpatch.plan.StepSituation.HostNow;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.TaskFate;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xapi.XapiTaskRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what is known of a step found RUNNING; the decision itself is {@link RecoveryDecision}'s. */
final class Recovering {

    private Recovering() {}

    static RecoveryDecision decide(Slice slice, HostUpdate host, Step step, HostLook look) {
        Before before = Objects.requireNonNull(step.before());
        Instant intentAt = Objects.requireNonNull(step.intentAt());
        TaskFate task = fate(look.task());
        return RecoveryDecision.of(new StepSituation(
                step.type(),
                host.name(),
                slice.pool().content(host, step).orElse(null),
                slice.time(),
                before.at(),
                intentAt,
                step.attempts(),
                step.call() == null ? CallFate.MAYBE_SENT : step.call(),
                task,
                look.pool() != null && !task.isAlive() && otherTask(slice, host, step),
                hostNow(slice, step, look),
                new HostBefore(before.enabled(), before.bootedAt(), before.toolstackStartedAt(), before.serverTime()),
                slice.settings().recovery()));
    }

    private static @Nullable HostNow hostNow(Slice slice, Step step, HostLook look) {
        boolean asks = step.type() == StepType.REBOOT || step.type() == StepType.RESTART_TOOLSTACK;
        return look.host()
                .map(seen -> new HostNow(
                        seen, !asks || look.answers(slice), look.guests().size()))
                .orElse(null);
    }

    private static TaskFate fate(@Nullable XapiTask task) {
        return task == null
                ? new TaskFate.None()
                : task.fold(
                        pending -> new TaskFate.Alive(),
                        succeeded -> new TaskFate.Succeeded(),
                        failed -> new TaskFate.Failed(failed.code(), failed.parameters()),
                        unknown -> new TaskFate.Unknown());
    }

    private static boolean otherTask(Slice slice, HostUpdate host, Step step) {
        return since(slice, host, step)
                .anyMatch(task -> !task.state().isFinished() && !task.ref().equals(step.task()));
    }

    /**
     * Tasks of the step's method that began since its first intent. They are dated by the server's clock, so it is the server's time at the
     * intent that they are compared with.
     */
    static Stream<XapiTaskRecord> since(Slice slice, HostUpdate host, Step step) {
        Instant then = Objects.requireNonNull(step.before()).serverTime();
        String name = "Async." + message(slice.pool(), host, step);
        return slice.xapi().tasks().all().stream()
                .filter(task -> task.name().equals(name))
                .filter(task -> then == null || !task.createdAt().isBefore(then.minusSeconds(2)));
    }

    private static String message(PoolUpdate pool, HostUpdate host, Step step) {
        return switch (step.type()) {
            case DISABLE_HOST -> "host.disable";
            case ENABLE_HOST -> "host.enable";
            case EVACUATE -> "host.evacuate";
            case APPLY_UPDATE ->
                pool.content(host, step)
                        .map(content -> content.fold(
                                image -> "pool_update.apply", hash -> "host.apply_updates", () -> "host.call_plugin"))
                        .orElseThrow();
            case RESTART_TOOLSTACK -> "host.restart_agent";
            case REBOOT -> "host.reboot";
            case ASSERT_EVACUABLE, FIX, VERIFY, AWAIT_HOST_LIVE, AWAIT_STORAGE, RESTORE_VMS, REVERT ->
                throw new IllegalArgumentException(step.type() + " is no single call");
        };
    }
}
