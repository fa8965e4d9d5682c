package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiMessage;
import io.xenpatch.simulator.rpc.Answer;
import io.xenpatch.simulator.rpc.PendingAnswer;
import io.xenpatch.simulator.rpc.RpcCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Takes a call through the server's checks, in its order, to what does it. */
final class Dispatcher {
    private final World world;
    private final MethodTable methods;
    private final Sessions sessions;
    private final Arguments arguments;

    Dispatcher(World world, MethodTable methods, Sessions sessions) {
        this.world = world;
        this.methods = methods;
        this.sessions = sessions;
        this.arguments = new Arguments(new Unmarshal(world.db().datamodel()));
    }

    PendingAnswer call(Machine at, RpcCall call) {
        if (!at.isUp() && !world.db().datamodel().worksInEmergency(call.plainMethod())) {
            return PendingAnswer.now(Answer.early("HOST_STILL_BOOTING"));
        }
        try {
            return dispatch(at, call);
        } catch (ApiFailure failure) {
            return PendingAnswer.now(Answer.failed(failure));
        }
    }

    private PendingAnswer dispatch(Machine at, RpcCall call) {
        var name = call.plainMethod();
        var found = methods.find(name);
        if (found.isEmpty()) {
            assertServes(at, name);
            if (!call.params().isEmpty()) {
                sessions.require(String.valueOf(call.params().get(0)));
            }
            throw ApiFailure.of("MESSAGE_METHOD_UNKNOWN", name);
        }
        var method = found.get();
        var args = arguments.check(method.name(), method.message(), call.params());
        if (asksCoordinatorInVain(at, method)) {
            return hanging();
        }
        assertServes(at, name);
        loseSessions(at, name);
        var session =
                method.message().open() ? "" : String.valueOf(call.params().get(0));
        if (!method.message().open()) {
            sessions.require(session);
            sessions.permit(session, method);
        }
        if (method.message().removed()) {
            throw ApiFailure.of("MESSAGE_REMOVED");
        }
        return start(at, call, scripted(at, call, method), session, args);
    }

    /** A supporter asks its coordinator about every session, with patience. */
    private boolean asksCoordinatorInVain(Machine at, MethodTable.Method method) {
        return !at.isCoordinator()
                && !method.message().open()
                && !isLocal(method.name())
                && !world.machines().coordinator().isUp();
    }

    private PendingAnswer hanging() {
        var reply = new CompletableFuture<Answer>();
        var coordinator = world.machines().coordinator();
        world.agenda()
                .in(
                        world.length(Stage.FORWARD_TIMEOUT),
                        () -> reply.complete(Answer.failed(ApiFailure.of("CANNOT_CONTACT_HOST", coordinator.ref()))));
        return PendingAnswer.later(reply);
    }

    private static boolean isLocal(String method) {
        return method.contains("local_log") || "host.is_in_emergency_mode".equals(method);
    }

    /** A supporter sends everybody away; only a local login works there. */
    private void assertServes(Machine at, String method) {
        if (!at.isCoordinator() && !isLocal(method)) {
            throw ApiFailure.of(
                    "HOST_IS_SLAVE", world.machines().coordinator().host().text("address"));
        }
    }

    private void loseSessions(Machine at, String method) {
        if (world.strike(FaultKind.SESSION_LOST, at, method).isPresent()) {
            sessions.loseAll();
        }
    }

    /** The method, or (when a fault says so) one that fails in its place; an Async call fails in its task. */
    private MethodTable.Method scripted(Machine at, RpcCall call, MethodTable.Method method) {
        return world.strike(FaultKind.API_ERROR, at, call.method())
                .map(fault -> new MethodTable.Method(method.name(), method.message(), work -> {
                    throw new ApiFailure(Objects.requireNonNullElse(fault.code(), "INTERNAL_ERROR"), fault.params());
                }))
                .orElse(method);
    }

    private PendingAnswer start(
            Machine at, RpcCall call, MethodTable.Method method, String session, List<Object> args) {
        if (!call.isAsync()) {
            return callNow(method, session, args);
        }
        if (!method.message().async()) {
            throw ApiFailure.of("Fault", "No async mode for this operation (rpc: " + method.name() + ")");
        }
        var task = world.tasks().create("Async." + method.name(), "");
        world.tasks().belongs(task, sessions.user(session));
        var work = new Invocation(world, method.name(), args, session, task);
        world.tasks().start(task, work);
        world.agenda()
                .in(
                        world.length(Stage.TASK_START),
                        world.machines().coordinator(),
                        () -> run(method.operation(), work));
        disturb(at, call, task);
        return PendingAnswer.now(Answer.of(task.ref()));
    }

    private void disturb(Machine at, RpcCall call, Row task) {
        world.strike(FaultKind.TASK_STUCK, at, call.method())
                .ifPresent((Fault fault) -> world.tasks().stick(task));
        world.strike(FaultKind.TASK_LOST, at, call.method())
                .ifPresent((Fault fault) -> world.db().destroy(task));
    }

    private PendingAnswer callNow(MethodTable.Method method, String session, List<Object> args) {
        var work = new Invocation(world, method.name(), args, session, null);
        if ("event.from".equals(method.name()) && method.operation() == EventPoll.OPERATION) {
            var poll = new EventPoll(world.db(), sessions, work);
            return new PendingAnswer(work.reply(), java.util.Optional.of(poll));
        }
        run(method.operation(), work);
        return PendingAnswer.later(work.reply());
    }

    private static void run(Operation operation, Invocation work) {
        try {
            operation.run(work);
        } catch (ApiFailure failure) {
            work.fail(failure);
        }
    }

    /** Parameters against the data model. */
    private static final class Arguments {
        private final Unmarshal unmarshal;

        Arguments(Unmarshal unmarshal) {
            this.unmarshal = unmarshal;
        }

        List<Object> check(String method, XapiMessage message, List<Object> given) {
            var sessions = message.open() ? 0 : 1;
            var received = given.size() - sessions;
            var params = message.params();
            var tooMany = received > params.size() && params.stream().noneMatch(XapiMessage.Parameter::optional);
            if (received < message.required() || received < 0 || tooMany) {
                throw ApiFailure.of(
                        "MESSAGE_PARAMETER_COUNT_MISMATCH",
                        method,
                        String.valueOf(message.required()),
                        String.valueOf(given.size() - 1));
            }
            if (sessions == 1) {
                unmarshal.check("session ref", given.get(0));
            }
            var args = new ArrayList<Object>();
            for (int i = 0; i < params.size(); i++) {
                var param = params.get(i);
                args.add(i < received ? unmarshal.check(param.type(), given.get(i + sessions)) : initial(param));
            }
            return args;
        }

        private static Object initial(XapiMessage.Parameter param) {
            return Objects.requireNonNullElse(param.initial(), "");
        }
    }
}
