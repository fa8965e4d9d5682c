package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.rpc.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call being carried out: its arguments, and where its outcome goes (the caller, or a task). */
final class Invocation {
    private final World world;
    private final String method;
    private final List<Object> args;
    private final String session;
    private final @Nullable Row task;
    private final CompletableFuture<Answer> reply = new CompletableFuture<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private @Nullable Runnable cancellation;
    private boolean over;

    Invocation(World world, String method, List<Object> args, String session, @Nullable Row task) {
        this.world = world;
        this.method = method;
        this.args = args;
        this.session = session;
        this.task = task;
    }

    String method() {
        return method;
    }

    String session() {
        return session;
    }

    CompletableFuture<Answer> reply() {
        return reply;
    }

    Object arg(int index) {
        return args.get(index);
    }

    /** A string, enum or reference. */
    String text(int index) {
        return (String) args.get(index);
    }

    boolean flag(int index) {
        return (Boolean) args.get(index);
    }

    long number(int index) {
        return ((Number) args.get(index)).longValue();
    }

    @SuppressWarnings("unchecked") // parameters were checked against the data model
    List<String> list(int index) {
        return (List<String>) args.get(index);
    }

    @SuppressWarnings("unchecked") // parameters were checked against the data model
    Map<String, String> map(int index) {
        return (Map<String, String>) args.get(index);
    }

    /** A parameter that holds the fields of a new object. */
    @SuppressWarnings("unchecked") // parameters were checked against the data model
    Map<String, Object> arguments(int index) {
        return (Map<String, Object>) args.get(index);
    }

    /** The row that a reference parameter names. @throws ApiFailure HANDLE_INVALID */
    Row row(int index, String className) {
        return world.db().get(className, text(index));
    }

    /** Whose work this is: if that machine restarts, the outcome is never reported. */
    void runsOn(Machine machine) {
        machine.runs(this);
        atEnd.add(() -> machine.finished(this));
    }

    /** Shows the operation on an object until the call is over. */
    void occupies(Row row, String operation) {
        var key = key();
        world.db().put(row, "current_operations", key, operation);
        atEnd.add(() -> world.db().remove(row, "current_operations", key));
    }

    private String key() {
        return task != null ? task.ref() : "DummyRef:|" + world.db().nextUuid() + "|" + method;
    }

    /** This work can be stopped by {@code task.cancel}. */
    void cancellable(Runnable action) {
        cancellation = action;
        if (task != null) {
            world.db().set(task, "allowed_operations", List.of("cancel"));
        }
        atEnd.add(() -> cancellation = null);
    }

    void cancel() {
        if (cancellation != null && task != null) {
            cancellation.run();
            fail(ApiFailure.of("TASK_CANCELLED", task.ref()));
        }
    }

    void progress(double part) {
        if (task != null) {
            world.tasks().progress(task, part);
        }
    }

    boolean isOver() {
        return over;
    }

    void succeed(Object value) {
        if (end()) {
            if (task != null) {
                world.tasks().succeed(task, value);
            } else {
                reply.complete(Answer.of(value));
            }
        }
    }

    void fail(ApiFailure failure) {
        if (end()) {
            if (task != null) {
                world.tasks().fail(task, failure);
            } else {
                reply.complete(Answer.failed(failure));
            }
        }
    }

    /** Goes on with the work unless it is over; what is thrown ends it. */
    void attempt(Runnable work) {
        if (over) {
            return;
        }
        try {
            work.run();
        } catch (ApiFailure failure) {
            fail(failure);
        }
    }

    /** The machine that worked on it restarted: a task stays open until it is back, a waiting caller learns of the loss. */
    void lost(Machine machine) {
        if (end()) {
            if (task != null) {
                machine.orphan(task.ref());
            } else {
                reply.complete(Answer.failed(ApiFailure.of("CANNOT_CONTACT_HOST", machine.ref())));
            }
        }
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        List.copyOf(atEnd).forEach(Runnable::run);
        return true;
    }
}
