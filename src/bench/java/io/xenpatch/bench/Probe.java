package io.xenpatch.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes hosts at a rate, and looks at some of the changes until the service shows them. */
final class Probe {
    private static final int LOOKERS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Xapi xapi;
    private final Service service;
    private final List<Pool> pools;
    private final Map<Pool, CompletableFuture<?>> busy = new HashMap<>();
    private final List<Double> seconds = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    Probe(Xapi xapi, Service service, List<Pool> pools) {
        this.xapi = xapi;
        this.service = service;
        this.pools = pools;
    }

    /** @param every so many changes one is looked at */
    void run(int perSecond, Duration length, int every) throws InterruptedException {
        var timer = Executors.newSingleThreadScheduledExecutor();
        var lookers = Executors.newFixedThreadPool(LOOKERS);
        var number = new AtomicInteger();
        var changes = timer.scheduleAtFixedRate(
                () -> change(number.getAndIncrement(), every, lookers),
                0,
                TimeUnit.SECONDS.toNanos(1) / perSecond,
                TimeUnit.NANOSECONDS);
        Thread.sleep(length.toMillis());
        changes.cancel(false);
        timer.shutdown();
        CompletableFuture.allOf(busy.values().toArray(CompletableFuture[]::new))
                .handle((done, failure) -> null)
                .join();
        lookers.shutdown();
        lookers.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    /** Goes round all pools, and with each round on to their next hosts. */
    private void change(int number, int every, Executor lookers) {
        var pool = pools.get(number % pools.size());
        var host = pool.hosts().get(number / pools.size() % pool.hosts().size());
        // one call at a time in each pool, so that each has one connection of ours, however slow it may be
        busy.put(
                pool,
                busy.getOrDefault(pool, CompletableFuture.completedFuture(null))
                        .handle((done, failure) -> null)
                        .thenCompose(free -> rename(pool, host, number, every, lookers)));
    }

    private CompletableFuture<?> rename(Pool pool, String host, int number, int every, Executor lookers) {
        var name = "bench-" + number;
        var start = System.nanoTime();
        return xapi.rename(pool, host, name).whenComplete((answer, failure) -> {
            if (failure == null) {
                made.incrementAndGet();
                if (number % every == 0) {
                    lookers.execute(() -> look(pool, name, start));
                }
            } else if (failed.getAndIncrement() == 0) {
                System.out.println("  the first failure: " + failure);
            }
        });
    }

    /** From before the change was asked for until the list of hosts shows it. */
    private void look(Pool pool, String name, long start) {
        try {
            while (seconds(start) < LONGEST.toSeconds()) {
                if (service.shows(pool, name)) {
                    seconds.add(seconds(start));
                    return;
                }
                Thread.sleep(25);
            }
            seconds.add((double) LONGEST.toSeconds());
        } catch (IOException e) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int made() {
        return made.get();
    }

    int failed() {
        return failed.get();
    }

    double[] seconds() {
        return new ArrayList<>(seconds).stream().mapToDouble(each -> each).toArray();
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
