package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Database;
import java.util.List;

/** Tasks as clients handle them. */
final class TaskOperations {
    private final Tasks tasks;
    private final Database db;

    TaskOperations(Tasks tasks, Database db) {
        this.tasks = tasks;
        this.db = db;
    }

    void register(MethodTable table) {
        table.answer(
                "task.create", call -> tasks.create(call.text(0), call.text(1)).ref());
        table.does("task.destroy", call -> tasks.destroy(call.row(0, "task")));
        table.does("task.cancel", call -> tasks.cancel(call.row(0, "task")));
        table.does("task.set_status", call -> db.set(call.row(0, "task"), "status", call.text(1)));
        table.does(
                "task.set_progress",
                call -> db.set(call.row(0, "task"), "progress", ((Number) call.arg(1)).doubleValue()));
        table.does("task.set_result", call -> db.set(call.row(0, "task"), "result", call.text(1)));
        table.does("task.set_error_info", call -> db.set(call.row(0, "task"), "error_info", List.copyOf(call.list(1))));
    }
}
