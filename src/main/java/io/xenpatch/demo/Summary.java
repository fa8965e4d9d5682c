package io.xenpatch.demo;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a job came to, in one sentence. */
final class Summary {
    private static final List<Map.Entry<String, String>> COUNTS = List.of(
            Map.entry("livePatched", "live patched"),
            Map.entry("evacuated", "evacuated"),
            Map.entry("toolstackRestarted", "with the toolstack restarted"),
            Map.entry("noAction", "with nothing to do"),
            Map.entry("manualActionLeft", "left for a person"),
            Map.entry("skipped", "skipped"),
            Map.entry("failed", "failed"));

    private Summary() {}

    /** As "3 hosts live patched, 0 reboots: no action required". */
    static String of(JsonNode job) {
        var parts = new ArrayList<String>();
        for (var count : COUNTS) {
            var hosts = Json.number(job, "summary", count.getKey());
            if (hosts > 0) {
                parts.add(hosts + (hosts == 1 ? " host " : " hosts ") + count.getValue());
            }
        }
        var reboots = Json.number(job, "summary", "rebooted");
        parts.add(reboots + (reboots == 1 ? " reboot" : " reboots"));
        return String.join(", ", parts) + ": " + end(job);
    }

    private static String end(JsonNode job) {
        var state = Json.text(job, "state");
        if (!state.equals("SUCCEEDED")) {
            return PoolJob.words(state) + reason(job);
        }
        return PoolJob.words(Json.text(job, "result"));
    }

    private static String reason(JsonNode job) {
        return job.path("failure").isObject()
                ? ", " + Json.text(job, "failure", "code") + ": " + Json.text(job, "failure", "detail")
                : "";
    }

    /** A line for each host that a person must look after. */
    static List<String> left(PoolJob job, List<JsonNode> hosts) {
        return hosts.stream()
                .filter(host -> Json.text(host, "outcome").equals("MANUAL_ACTION_LEFT"))
                .map(host -> job.name(host) + " still needs "
                        + String.join(", ", Json.texts(host.path("observedDecision"), "tasks")) + ": "
                        + Verdict.reasons(host.path("observedDecision")))
                .toList();
    }

    /** What the pool itself wrote down meanwhile. */
    static String journal(List<JournalEntry> journal) {
        var counts = journal.stream().collect(Collectors.groupingBy(JournalEntry::action, Collectors.counting()));
        return "%d applied, %d live patched, %d hosts disabled, %d VMs moved, %d reboots"
                .formatted(
                        counts.getOrDefault(JournalAction.APPLY, 0L),
                        counts.getOrDefault(JournalAction.LIVE_PATCHED, 0L),
                        counts.getOrDefault(JournalAction.DISABLE, 0L),
                        counts.getOrDefault(JournalAction.VM_MIGRATED, 0L),
                        counts.getOrDefault(JournalAction.REBOOT_FINISHED, 0L));
    }
}
