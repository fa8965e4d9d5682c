package io.xenpatch.demo;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** An assessment, in lines for a person. */
final class Verdict {
    private Verdict() {}

    static void print(PoolJob job, JsonNode assessment, Screen screen) {
        screen.line("");
        screen.timed("Assessed " + job.pool().update() + " on " + job.pool().poolName() + ": "
                + PoolJob.words(Json.text(assessment, "outcome")));
        for (var pool : Json.list(assessment, "pools")) {
            Json.list(pool, "hosts").forEach(host -> screen.line("    " + host(job, host)));
        }
        Json.list(assessment, "prechecks").stream()
                .filter(row -> List.of("BLOCKING", "WARNING").contains(Json.text(row, "severity")))
                .forEach(row -> screen.line("    " + Json.text(row, "severity") + " " + Json.text(row, "code") + ": "
                        + Json.text(row, "title")));
    }

    private static String host(PoolJob job, JsonNode decision) {
        var tasks = Json.texts(decision, "tasks");
        return "%-20s %-20s %s"
                .formatted(
                        job.name(decision),
                        tasks.isEmpty() ? "no action required" : String.join(", ", tasks),
                        reasons(decision));
    }

    /** The codes of the reasons of a decision, the decisive one first. */
    static String reasons(JsonNode decision) {
        return String.join(
                ", ",
                Json.list(decision, "reasons").stream()
                        .map(reason -> Json.text(reason, "code"))
                        .toList());
    }
}
