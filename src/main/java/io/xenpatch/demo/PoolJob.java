package io.xenpatch.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One pool of the demo and its update job, through the API. */
final class PoolJob {
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "REJECTED", "FAILED", "CANCELLED");
    private static final Set<String> STEP_ENDED = Set.of("SUCCEEDED", "SKIPPED", "FAILED");

    private final Api api;
    private final DemoPool pool;
    private final String poolUuid;
    private final Map<String, String> hostNames = new HashMap<>();

    PoolJob(Api api, DemoPool pool, String poolUuid) {
        this.api = api;
        this.pool = pool;
        this.poolUuid = poolUuid;
    }

    DemoPool pool() {
        return pool;
    }

    /** The job of an earlier start. */
    Optional<String> earlier() {
        String cursor = "";
        do {
            var page = api.get("/update-jobs?limit=100" + cursor).body();
            var found = Json.list(page, "items").stream().filter(this::isOurs).findFirst();
            if (found.isPresent()) {
                return found.map(job -> Json.text(job, "id"));
            }
            cursor = Json.text(page, "nextCursor").isEmpty() ? "" : "&cursor=" + Json.text(page, "nextCursor");
        } while (!cursor.isEmpty());
        return Optional.empty();
    }

    private boolean isOurs(JsonNode job) {
        return Json.text(job, "name").equals(pool.jobName())
                && Json.list(job, "pools").stream()
                        .anyMatch(one -> Json.text(one, "poolUuid").equals(poolUuid));
    }

    /** What the update would do, without doing it. */
    JsonNode assess() {
        var assessment = api.post("/assessments", Api.object(target()), "Prefer", "wait=60")
                .body();
        nameHosts();
        return assessment;
    }

    /** Starts the job. @return its id */
    String start() {
        var request = new HashMap<String, Object>(target());
        request.put("name", pool.jobName());
        request.put("labels", Map.of("demo", pool.poolName()));
        request.put("reason", "The demo shows what a job does.");
        return Json.text(
                api.post("/update-jobs", Api.object(request), "Idempotency-Key", "demo-" + pool.updateUuid())
                        .body(),
                "id");
    }

    private Map<String, Object> target() {
        return Map.of(
                "targets",
                List.of(Map.of("poolUuid", poolUuid)),
                "update",
                pool.choice(),
                "onLivePatchFailure",
                "WARN");
    }

    JsonNode job(String id) {
        return api.get("/update-jobs/" + id).body();
    }

    static boolean hasEnded(JsonNode job) {
        return ENDED.contains(Json.text(job, "state"));
    }

    /** The hosts of a job as the API tells them. */
    List<JsonNode> hosts(String id) {
        return Json.list(api.get("/update-jobs/" + id + "/hosts?limit=100").body(), "items");
    }

    List<Screen.Bar> bars(List<JsonNode> hosts) {
        var bars = new ArrayList<Screen.Bar>();
        for (var host : hosts) {
            var steps = Json.list(host, "steps");
            var done = (int) steps.stream()
                    .filter(step -> STEP_ENDED.contains(Json.text(step, "state")))
                    .count();
            var ended = STEP_ENDED.contains(Json.text(host, "state"));
            bars.add(new Screen.Bar(
                    name(host),
                    !Json.text(host, "state").equals("PENDING"),
                    ended ? 1 : done,
                    ended ? 1 : Math.max(steps.size(), 1),
                    doing(host, steps)));
        }
        return bars;
    }

    private static String doing(JsonNode host, List<JsonNode> steps) {
        return switch (Json.text(host, "state")) {
            case "PENDING" -> "waits its turn";
            case "IN_PROGRESS" ->
                steps.stream()
                        .filter(step -> !STEP_ENDED.contains(Json.text(step, "state")))
                        .findFirst()
                        .map(step -> words(Json.text(step, "type")))
                        .orElse("in progress");
            case "SUCCEEDED" -> words(Json.text(host, "outcome"));
            default -> words(Json.text(host, "state"));
        };
    }

    static String words(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** @param subject anything with a {@code hostUuid} */
    String name(JsonNode subject) {
        if (hostNames.isEmpty()) {
            nameHosts();
        }
        var uuid = Json.text(subject, "hostUuid");
        return hostNames.getOrDefault(uuid, uuid);
    }

    private void nameHosts() {
        Json.list(api.get("/pools/" + poolUuid + "/hosts?limit=100").body(), "items")
                .forEach(host -> hostNames.put(Json.text(host, "uuid"), Json.text(host, "name")));
    }
}
