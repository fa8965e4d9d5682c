package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asynchronous calls and their tasks. */
class TaskTests extends SimulatorTest {
    private static final String NOBODY = "OpaqueRef:00000000-dead-beef-0000-000000000000";

    @Test
    void finishesLaterWithXmlFragment() {
        start(Scenario.pool("tasks").update("LIVE"));
        var task = client().text("Async.pool_update.precheck", client().named("pool_update", "LIVE"), client().host(0));

        assertThat(task(task).get("status").stringValue()).isEqualTo("pending");
        advance(Duration.ofSeconds(6));

        var done = task(task);
        assertThat(done.get("name_label").stringValue()).isEqualTo("Async.pool_update.precheck");
        assertThat(done.get("status").stringValue()).isEqualTo("success");
        assertThat(done.get("progress").doubleValue()).isEqualTo(1.0);
        assertThat(done.get("result").stringValue()).isEqualTo("<value>ok_livepatch_complete</value>");
        assertThat(done.get("finished").stringValue()).isEqualTo("20261124T06:00:05Z");
    }

    @Test
    void voidResultIsEmptyValue() {
        start(Scenario.pool("tasks"));

        var task = runWell(Duration.ofSeconds(1), "host.disable", client().host(0));

        assertThat(task.get("result").stringValue()).isEqualTo("<value></value>");
    }

    @Test
    void badReferenceFailsTheTaskNotTheCall() {
        start(Scenario.pool("tasks"));

        var task = run(Duration.ofSeconds(1), "host.disable", NOBODY);

        assertThat(task.get("status").stringValue()).isEqualTo("failure");
        assertThat(errorInfo(task)).isEqualTo(List.of("HANDLE_INVALID", "host", NOBODY));
    }

    @Test
    void cancelOfAnApplicationChangesNothing() {
        start(Scenario.pool("tasks").update("REBOOT"));
        var task = client().text("Async.pool_update.apply", client().named("pool_update", "REBOOT"), client().host(0));
        advance(Duration.ofSeconds(5));

        client().call("task.cancel", task);

        assertThat(task(task).get("current_operations").toString()).contains("\"cancel\"");
        advance(Duration.ofSeconds(60));
        assertThat(task(task).get("status").stringValue()).isEqualTo("success");
    }

    @Test
    void cancelOfAMigrationEndsIt() {
        start(Scenario.pool("tasks").hosts(2).vmsEach(1));
        var vm = client().named("VM", "vm-1-1");
        var task = client().text("Async.VM.pool_migrate", vm, client().host(1), java.util.Map.of());
        advance(Duration.ofSeconds(2));

        client().call("task.cancel", task);
        advance(Duration.ofSeconds(20));

        assertThat(task(task).get("status").stringValue()).isEqualTo("cancelled");
        assertThat(errorInfo(task(task))).isEqualTo(List.of("TASK_CANCELLED", task));
        assertThat(client().text("VM.get_resident_on", vm)).isEqualTo(client().host(0));
    }

    @Test
    void destroyOfAPendingTaskOnlyMarksIt() {
        start(Scenario.pool("tasks").update("REBOOT"));
        var task = client().text("Async.pool_update.apply", client().named("pool_update", "REBOOT"), client().host(0));

        client().call("task.destroy", task);
        advance(Duration.ofMinutes(2));

        assertThat(task(task).get("current_operations").toString()).isEqualTo("{\"task\":\"destroy\"}");
        assertThat(task(task).get("status").stringValue()).isEqualTo("success");
        client().call("task.destroy", task);
        assertThat(client().failure("task.get_record", task)).containsExactly("HANDLE_INVALID", "task", task);
    }

    @Test
    void clientsOwnTasksCanBeSet() {
        start(Scenario.pool("tasks"));
        var task = client().text("task.create", "mine", "täsk");

        client().call("task.set_progress", task, 0.25);
        client().call("task.add_to_other_config", task, "k", "v");
        client().call("task.set_status", task, "cancelled");

        assertThat(task(task).get("progress").doubleValue()).isEqualTo(0.25);
        assertThat(task(task).get("status").stringValue()).isEqualTo("cancelled");
        assertThat(client().failure("task.set_status", task, "bogus"))
                .containsExactly("INTERNAL_ERROR", "Failure(\"Unknown tag/contents\")");
    }

    @Test
    void finishedTaskIsForgottenAfterAnHour() {
        start(Scenario.pool("tasks"));
        var task = client().text("Async.host.disable", client().host(0));

        advance(Duration.ofMinutes(66));

        assertThat(client().failure("task.get_status", task)).containsExactly("HANDLE_INVALID", "task", task);
    }
}
