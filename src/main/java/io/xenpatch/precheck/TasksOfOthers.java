package io.xenpatch.precheck;

import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PendingTask;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Before a restart a job waits for the tasks of others on that host, before one of the coordinator for those of the whole pool, and gives up
 * after a while (R16). XAPI itself gives up a task after a day (xapi.md §3): one that is older will not end.
 */
final class TasksOfOthers implements Precheck {

    private static final Set<StepType> RESTARTS = Set.of(StepType.RESTART_TOOLSTACK, StepType.REBOOT);

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        Set<HostUuid> restarting = situation.plan().hosts().stream()
                .filter(host -> host.steps().stream().anyMatch(RESTARTS::contains))
                .map(host -> host.hostUuid())
                .collect(Collectors.toUnmodifiableSet());
        boolean everywhere = restarting.contains(situation.pool().coordinator());
        List<PendingTask> awaited = situation.answers().tasks().orElse(List.of()).stream()
                .filter(task -> everywhere || task.host() != null && restarting.contains(task.host()))
                .toList();
        Map<Boolean, List<PendingTask>> byStale =
                awaited.stream().collect(Collectors.partitioningBy(task -> isStale(situation, task)));
        List<PrecheckRow> rows = new ArrayList<>();
        Objects.requireNonNull(byStale.get(false)).forEach(task -> rows.add(running(situation, task)));
        Objects.requireNonNull(byStale.get(true)).forEach(task -> rows.add(stale(situation, task)));
        return rows;
    }

    private static boolean isStale(Situation situation, PendingTask task) {
        return task.age().compareTo(situation.limits().taskStale()) > 0;
    }

    private static PrecheckRow running(Situation situation, PendingTask task) {
        return of("TASKS_IN_PROGRESS", situation, task)
                .says(
                        told(situation, task),
                        "A restart would break it, so the job waits for it before the restart, and does not restart when it takes too "
                                + "long. Let it end before the job starts, or cancel it (xe task-cancel).");
    }

    private static PrecheckRow stale(Situation situation, PendingTask task) {
        return of("STALE_TASKS", situation, task)
                .says(
                        told(situation, task),
                        "Such a task does not end any more, but the job would wait for it before a restart, in vain. Cancel it "
                                + "(xe task-cancel); if it stays, restart the toolstack of its host before the job starts.");
    }

    private static Finding of(String code, Situation situation, PendingTask task) {
        return Finding.of(code, Severity.WARNING, situation)
                .with("task", task.name())
                .with("host", hostName(situation.pool(), task))
                .with("minutes", task.age().toMinutes());
    }

    private static String told(Situation situation, PendingTask task) {
        return "Task " + task.name() + " is pending on host " + hostName(situation.pool(), task) + " for "
                + words(task.age());
    }

    private static String hostName(PoolSnapshot pool, PendingTask task) {
        HostUuid host = task.host();
        return host == null
                ? "unknown"
                : pool.host(host).map(known -> known.name()).orElseGet(host::toString);
    }

    private static String words(Duration age) {
        return age.toHours() < 1 ? age.toMinutes() + " min" : age.toHours() + " h";
    }
}
