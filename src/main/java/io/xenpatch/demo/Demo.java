package io.xenpatch.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** Registers the pools, assesses, starts one job on each, follows them and tells how they ended. */
final class Demo {
    private static final long LONGEST_LOOK_MILLIS = 1000;
    private static final long SHORTEST_LOOK_MILLIS = 150;

    private final Api api;
    private final SimulatedPools pools;
    private final Screen screen;
    private final Map<DemoPool, String> jobIds = new EnumMap<>(DemoPool.class);
    private final List<PoolJob> jobs = new ArrayList<>();

    Demo(Api api, SimulatedPools pools, Screen screen) {
        this.api = api;
        this.pools = pools;
        this.screen = screen;
        for (var pool : DemoPool.values()) {
            jobs.add(new PoolJob(api, pool, pools.description(pool).poolUuid()));
        }
    }

    /** @return whether every job succeeded */
    boolean run() throws InterruptedException {
        register();
        findEarlierJobs();
        startTheOthers();
        follow();
        return summarise();
    }

    private void register() {
        var registration = new Registration(api, screen);
        var all = jobs.stream()
                .map(job -> CompletableFuture.runAsync(() -> registration.register(pools.description(job.pool()))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }

    private void findEarlierJobs() {
        for (var job : jobs) {
            job.earlier().ifPresent(id -> {
                jobIds.put(job.pool(), id);
                var ended = PoolJob.hasEnded(job.job(id));
                screen.timed(
                        "The history has a job on " + job.pool().poolName() + (ended ? " already" : ": it goes on"));
            });
        }
    }

    private void startTheOthers() {
        var fresh = jobs.stream().filter(job -> !jobIds.containsKey(job.pool())).toList();
        var assessments = fresh.stream()
                .map(job -> CompletableFuture.supplyAsync(job::assess))
                .toList();
        for (int i = 0; i < fresh.size(); i++) {
            Verdict.print(fresh.get(i), assessments.get(i).join(), screen);
        }
        if (!fresh.isEmpty()) {
            screen.line("");
            screen.timed("Starting one update job on each pool");
        }
        fresh.forEach(job -> jobIds.put(job.pool(), job.start()));
    }

    private void follow() throws InterruptedException {
        var wakeUps = new WakeUps();
        api.follow(wakeUps);
        var running = new ArrayList<>(jobs);
        running.removeIf(job -> PoolJob.hasEnded(job.job(id(job))));
        var followed = List.copyOf(running);
        while (!running.isEmpty()) {
            running.removeIf(job -> PoolJob.hasEnded(job.job(id(job))));
            screen.progress(followed.stream()
                    .flatMap(job -> job.bars(job.hosts(id(job))).stream())
                    .toList());
            if (!running.isEmpty()) {
                Thread.sleep(SHORTEST_LOOK_MILLIS);
                wakeUps.await(LONGEST_LOOK_MILLIS);
            }
        }
    }

    private boolean summarise() {
        screen.line("");
        screen.timed("Summary");
        var succeeded = true;
        for (var job : jobs) {
            var result = job.job(id(job));
            succeeded &= Json.text(result, "state").equals("SUCCEEDED");
            print(job, result);
        }
        return succeeded;
    }

    private void print(PoolJob job, JsonNode result) {
        screen.line("  %-12s %s".formatted(job.pool().poolName(), Summary.of(result)));
        Summary.left(job, job.hosts(id(job))).forEach(line -> screen.line("  %-12s %s".formatted("", line)));
        var journal = pools.journal(job.pool());
        screen.line("  %-12s %s"
                .formatted(
                        "",
                        journal.isEmpty()
                                ? "job " + id(job) + " of " + Json.text(result, "finishedAt")
                                : "the pool's own journal: " + Summary.journal(journal)));
    }

    private String id(PoolJob job) {
        return jobIds.getOrDefault(job.pool(), "");
    }

    /** The job on a pool. */
    String jobOn(DemoPool pool) {
        return jobIds.getOrDefault(pool, "");
    }
}
