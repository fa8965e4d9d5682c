package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.List;

/** Tasks as clients handle them. */
final class TaskOperations {
    private final Tasks tasks;
    private final Sessions sessions;
    private final Database db;

    TaskOperations(Tasks tasks, Sessions sessions, Database db) {
        this.tasks = tasks;
        this.sessions = sessions;
        this.db = db;
    }

    /** A task that the caller may touch: one of their own, unless they are an operator of the pool. */
    private Row own(Invocation call) {
        var task = call.row(0, "task");
        sessions.permitForeign(call.session(), tasks.owner(task), call.method());
        return task;
    }

    void register(MethodTable table) {
        table.answer("task.create", call -> {
            var task = tasks.create(call.text(0), call.text(1));
            tasks.belongs(task, sessions.user(call.session()));
            return task.ref();
        });
        table.does("task.destroy", call -> tasks.destroy(own(call)));
        table.does("task.cancel", call -> tasks.cancel(own(call)));
        table.does("task.set_status", call -> db.set(call.row(0, "task"), "status", call.text(1)));
        table.does(
                "task.set_progress",
                call -> db.set(call.row(0, "task"), "progress", ((Number) call.arg(1)).doubleValue()));
        table.does("task.set_result", call -> db.set(call.row(0, "task"), "result", call.text(1)));
        table.does("task.set_error_info", call -> db.set(call.row(0, "task"), "error_info", List.copyOf(call.list(1))));
    }
}
