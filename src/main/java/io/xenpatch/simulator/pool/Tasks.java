package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import io.xenpatch.simulator.rpc.XmlValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Task records: made by {@code Async.} calls and by clients, finished by the work, lost with the toolstack. */
final class Tasks {
    private static final String PENDING = "pending";

    private final World world;
    private final Map<String, Invocation> work = new HashMap<>();
    private final Set<String> stuck = new HashSet<>();
    private final Map<String, String> owners = new HashMap<>();

    Tasks(World world) {
        this.world = world;
    }

    private Database db() {
        return world.db();
    }

    Row create(String label, String description) {
        var task = db().create("task");
        db().set(task, "name_label", label);
        db().set(task, "name_description", description);
        db().set(task, "created", XapiTime.print(world.now()));
        db().set(task, "status", PENDING);
        db().set(task, "type", "<none/>");
        db().set(task, "resident_on", world.machines().coordinator().ref());
        return task;
    }

    /** Remembers who made a task. */
    void belongs(Row task, String user) {
        owners.put(task.ref(), user);
    }

    /** Who made a task; empty = the server itself. */
    String owner(Row task) {
        return owners.getOrDefault(task.ref(), "");
    }

    void start(Row task, Invocation call) {
        work.put(task.ref(), call);
    }

    /** From now on nothing finishes this task. */
    void stick(Row task) {
        stuck.add(task.ref());
    }

    void progress(Row task, double part) {
        if (isOpen(task)) {
            db().set(task, "progress", part);
        }
    }

    void succeed(Row task, Object value) {
        if (isOpen(task)) {
            finish(task);
            db().set(task, "result", XmlValue.print(value));
            db().set(task, "status", "success");
        }
    }

    void fail(Row task, ApiFailure failure) {
        if (isOpen(task)) {
            finish(task);
            db().set(task, "error_info", failure.words());
            db().set(task, "status", "TASK_CANCELLED".equals(failure.code()) ? "cancelled" : "failure");
        }
    }

    /** Ends as the toolstack leaves tasks of a host that restarted: cancelled, without a word why. */
    void abandon(String ref) {
        var task = db().find("task", ref);
        if (task != null && isOpen(task)) {
            finish(task);
            db().set(task, "status", "cancelled");
        }
    }

    private void finish(Row task) {
        work.remove(task.ref());
        db().set(task, "allowed_operations", List.of());
        db().set(task, "finished", XapiTime.print(world.now()));
        db().set(task, "progress", 1.0);
        world.agenda().in(world.length(Stage.TASK_KEPT), () -> forget(task));
    }

    private void forget(Row task) {
        owners.remove(task.ref());
        if (db().find("task", task.ref()) == task) {
            db().destroy(task);
        }
    }

    private boolean isOpen(Row task) {
        return db().find("task", task.ref()) == task
                && PENDING.equals(task.text("status"))
                && !stuck.contains(task.ref());
    }

    /** Marks a task as to be cancelled; work that can stop does. */
    void cancel(Row task) {
        db().put(task, "current_operations", "DummyRef:|" + db().nextUuid() + "|task.cancel", "cancel");
        var call = work.get(task.ref());
        if (call != null) {
            call.cancel();
        }
    }

    /** Removes a finished task; one that still runs is only marked. */
    void destroy(Row task) {
        if (isOpen(task) && work.containsKey(task.ref())) {
            db().put(task, "current_operations", "task", "destroy");
        } else {
            owners.remove(task.ref());
            db().destroy(task);
        }
    }

    /** The toolstack of the coordinator stopped: no task survives that. */
    void loseAll() {
        work.clear();
        stuck.clear();
        owners.clear();
        List.copyOf(db().all("task")).forEach(db()::destroy);
    }
}
