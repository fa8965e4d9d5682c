package io.xenpatch.job;

import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xapi.XapiTaskRecord;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Work of others that a restart would break is waited for (R16). */
final class ForeignTasks {

    private ForeignTasks() {}

    /** Names of tasks that are pending on the host, for the coordinator in the whole pool, and are not this job's. */
    static List<String> on(Slice slice, HostUpdate host) {
        PoolSnapshot pool = slice.xapi().pool().observe();
        boolean everywhere = pool.coordinator().equals(host.host());
        Set<XapiTaskRef> ours = slice.pool().hosts().stream()
                .flatMap(each -> each.steps().stream())
                .map(Step::task)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return slice.xapi().tasks().all().stream()
                .filter(task -> task.state() instanceof XapiTask.Pending && !ours.contains(task.ref()))
                .filter(task -> everywhere || host.host().equals(task.residentOn()))
                .map(XapiTaskRecord::name)
                .sorted()
                .toList();
    }

    static Tick await(Slice slice, HostUpdate host, Step step, List<String> foreign) {
        String what = "tasks of others: " + String.join(", ", foreign);
        return HostWork.tooLong(slice, step)
                ? HostWork.fail(
                        slice,
                        host,
                        step,
                        Failure.of(
                                "FOREIGN_TASK",
                                "For " + JobSettings.words(slice.settings().foreignTasks()) + " there were " + what
                                        + ". Host " + host.name()
                                        + " was not restarted. Wait for them or cancel them, then restart it."))
                : HostWork.await(slice, host, step, what, slice.settings().foreignTasks(), Duration.ofSeconds(2));
    }
}
