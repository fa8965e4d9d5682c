package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.TaskCalls;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xapi.XapiTaskRecord;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class RpcTaskCalls implements TaskCalls {
    private final Calls calls;

    RpcTaskCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public XapiTask observe(XapiTaskRef task) {
        try {
            var seen = state(calls.read("task.get_record", JsonRpc.as(Records.Task.class), task.value()));
            forgetWrongReferences(seen);
            return seen;
        } catch (XapiFailure.Refused e) {
            if (isGone(e)) {
                return new XapiTask.OutcomeUnknown("the pool does not know this task any more");
            }
            throw e;
        }
    }

    /** An asynchronous call says only in its task that one of its references is wrong. */
    private void forgetWrongReferences(XapiTask task) {
        if (task instanceof XapiTask.Failed failed && "HANDLE_INVALID".equals(failed.code())) {
            calls.forget(failed.parameters());
        }
    }

    @Override
    public List<XapiTaskRecord> all() {
        var deadline = calls.readDeadline();
        var type = new RecordType<>("task", Records.Task.class);
        var tasks = calls.read(deadline, "task.get_all_records", type.allRecords());
        var hosts = hosts(deadline);
        return tasks.entrySet().stream()
                .map(entry -> record(entry.getKey(), entry.getValue(), hosts))
                .toList();
    }

    private Map<String, HostUuid> hosts(Deadline deadline) {
        var hosts = new LinkedHashMap<String, HostUuid>();
        calls.read(deadline, "host.get_all_records", RecordType.HOST.allRecords())
                .forEach((ref, host) -> hosts.put(ref, HostUuid.of(host.uuid())));
        return hosts;
    }

    private static XapiTaskRecord record(String ref, Records.Task task, Map<String, HostUuid> hosts) {
        return new XapiTaskRecord(
                new XapiTaskRef(ref),
                Snapshots.text(task.name()),
                Optional.ofNullable(XapiTime.parse(task.created())).orElse(Instant.EPOCH),
                hosts.get(Snapshots.text(task.residentOn())),
                state(task));
    }

    /** R22: only {@code TASK_CANCELLED} is a cancel; what nobody can tell is unknown. */
    static XapiTask state(Records.Task task) {
        var error = Snapshots.list(task.errorInfo());
        return switch (Snapshots.text(task.status())) {
            case "success" -> new XapiTask.Succeeded(Snapshots.text(task.result()));
            case "failure", "cancelled" -> ended(Snapshots.text(task.status()), error);
            default -> new XapiTask.Pending(task.progress());
        };
    }

    private static XapiTask ended(String status, List<String> error) {
        if (error.isEmpty()) {
            return new XapiTask.OutcomeUnknown("ended as " + status + " without a reason: its toolstack restarted");
        }
        if ("CANNOT_CONTACT_HOST".equals(error.get(0))) {
            return new XapiTask.OutcomeUnknown("the connection to the host was lost in the middle of it");
        }
        return new XapiTask.Failed(error.get(0), error.subList(1, error.size()));
    }

    @Override
    public XapiTaskRef create(String name, String description) {
        return new XapiTaskRef(calls.perform("task.create", name, description));
    }

    @Override
    public void cancel(XapiTaskRef task) {
        unlessGone("task.cancel", task);
    }

    @Override
    public void destroy(XapiTaskRef task) {
        unlessGone("task.destroy", task);
    }

    private void unlessGone(String message, XapiTaskRef task) {
        try {
            calls.perform(message, task.value());
        } catch (XapiFailure.Refused e) {
            if (!isGone(e)) {
                throw e;
            }
        }
    }

    private static boolean isGone(XapiFailure.Refused failure) {
        return "HANDLE_INVALID".equals(failure.code());
    }
}
