package io.xenpatch.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What happened between two recordings: calls that were not kept, and time. */
final class Preparations {
    private static final Pattern TOKEN = Pattern.compile("\\d{20},\\d{20}");

    private final RecordedSeries series;
    private final SimulatedClient client;
    private String task = "";

    Preparations(RecordedSeries series, SimulatedClient client) {
        this.series = series;
        this.client = client;
    }

    void before(Recording recorded) {
        switch (step(recorded)) {
            case "pool-get-live-patching-disabled-true" -> client.call("pool.set_live_patching_disabled", pool(), true);
            case "task-get-record" -> {
                task = client.text("task.create", "my task", "t\u00e4sk <&> description");
                series.same(lastReference(recorded.request()), task);
            }
            case "task-add-to-other-config-duplicate" -> client.call("task.add_to_other_config", task, "k", "v");
            case "host-get-enabled-after-enable" -> {
                if (!recorded.name().contains("booting")) {
                    client.call("host.enable", client.host(0));
                }
            }
            case "async-plugin-task-poll-3", "async-destroy-pending-after", "async-plugin-fail-error-info" ->
                series.advance(Duration.ofSeconds(3));
            case "async-host-disable-task", "async-host-evacuate-running-task", "async-host-reboot-offline-host-task" ->
                series.advance(Duration.ofSeconds(1));
            case "event-from-one-task-snapshot" -> series.same(lastReference(recorded.request()), sleeper("1"));
            case "vm-start" -> {
                if (recorded.name().startsWith("jsonrpc1")) {
                    client.call("VM.set_PV_kernel", firstReference(recorded), "/var/lib/xcp/guest/guest");
                }
            }
            case "async-invalid-ref" -> {
                if (recorded.name().startsWith("jsonrpc2/")) {
                    destroyMarkedTasks();
                }
            }
            case "event-from-task-deleted" -> {
                var now = client.call("event.from", List.of("task/" + task), "", 0.0);
                series.same(token(recorded), now.get("token").stringValue());
                client.call("task.destroy", task);
            }
            default -> {
                // nothing was left out here
            }
        }
    }

    void during(Recording recorded) {
        switch (step(recorded)) {
            case "event-from-wakes-on-pool-change" ->
                client.call("pool.set_name_description", pool(), "changed while event.from waits");
            case "event-from-one-task-completes" -> series.advance(Duration.ofSeconds(2));
            default -> {
                // nothing happened meanwhile
            }
        }
    }

    /** A task that was destroyed while it ran stays until it is destroyed again. */
    private void destroyMarkedTasks() {
        client.call("task.get_all_records").properties().stream()
                .filter(entry -> entry.getValue().get("current_operations").has("task"))
                .forEach(entry -> client.call("task.destroy", entry.getKey()));
    }

    private String sleeper(String seconds) {
        task = client.text("Async.host.call_plugin", client.host(0), "sleeper", "main", Map.of("seconds", seconds));
        return task;
    }

    /** The name of a recording without its number. */
    private static String step(Recording recorded) {
        return recorded.name().substring(recorded.name().indexOf('/') + 5).toLowerCase(Locale.ROOT);
    }

    private String pool() {
        return client.call("pool.get_all").get(0).stringValue();
    }

    /** The token of the request, which came with an answer that was not kept. */
    private static String token(Recording recorded) {
        var matcher = TOKEN.matcher(recorded.request());
        if (!matcher.find()) {
            throw new AssertionError("no token in " + recorded.request());
        }
        return matcher.group();
    }

    /** The first reference after the session. */
    private static String firstReference(Recording recorded) {
        var session = recorded.request().indexOf("OpaqueRef:");
        var at = recorded.request().indexOf("OpaqueRef:", session + 1);
        return recorded.request().substring(at, at + "OpaqueRef:".length() + 36);
    }

    private static String lastReference(String request) {
        var at = request.lastIndexOf("OpaqueRef:");
        return request.substring(at, at + "OpaqueRef:".length() + 36);
    }
}
