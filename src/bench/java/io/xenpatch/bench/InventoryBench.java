package io.xenpatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scale: what many simulated pools cost, and what it costs to watch them. Arguments: the jar, the number of pools (1000), and
 * {@code simulator} to leave the service out, or {@code take-over} for that part alone. Everything runs on loopback; what the processes print is in {@code target/bench}.
 */
public final class InventoryBench {
    private static final String TAKE_OVER = "take-over";
    private static final int HOSTS = 16;
    private static final int VMS = 20;
    private static final int FIRST_PORT = 20_000;
    private static final int SERVICE = 18_080;
    private static final int CHANGES = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration COUNTED = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(75);
    /** With fewer pools than this a run tries the bench, not the service. */
    private static final int ENOUGH = 200;

    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final int FEW = 20;
    private static final int TRIES = 5;
    private static final Duration PARKED = Duration.ofMinutes(5);

    private final Path jar;
    private final int size;
    private final String part;
    private final Figures figures = new Figures();
    private final Xapi xapi = new Xapi();
    private final AtomicInteger repeated = new AtomicInteger();

    private InventoryBench(Path jar, int size, String part) throws Exception {
        this.jar = jar;
        this.size = size;
        this.part = part;
    }

    public static void main(String[] args) throws Exception {
        // the JDK's HTTP client hands its answers through this pool, which with two processors is a new thread for each
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "4");
        var bench = new InventoryBench(
                Path.of(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : 1000, args.length > 2 ? args[2] : "all");
        Files.createDirectories(Path.of("target", "bench"));
        bench.run();
        System.exit(bench.figures.isMissed() ? 1 : 0);
    }

    private void run() throws Exception {
        System.out.printf("%d pools, %d hosts each, %d VMs a host; %d processors%n", size, HOSTS, VMS,
                Runtime.getRuntime().availableProcessors());
        if (!part.equals(TAKE_OVER)) {
            churn();
        }
        try (var simulator = simulator("simulator", size)) {
            var pools = started(simulator);
            if (!part.equals(TAKE_OVER)) {
                parked(simulator, pools);
            }
            if (!part.equals("simulator")) {
                service(simulator, pools);
            }
        }
    }

    private Jvm simulator(String name, int pools, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "simulator", "--port", "" + FIRST_PORT, "--speed", "1", "--pools", "" + pools, "--hosts", "" + HOSTS,
                "--vms", "" + VMS, "--coordinator-only"));
        arguments.addAll(List.of(more));
        return Jvm.start(jar, name, List.of("-Xms1g", "-Xmx1g"), Map.of(), arguments);
    }

    private static List<Pool> pools(Jvm simulator) throws IOException {
        return simulator.output().lines().filter(line -> line.contains("poolUuid")).map(Pool::parse).toList();
    }

    /** Ten pools of a simulator of their own: does it make as many changes as it was told? */
    private void churn() throws Exception {
        Figures.title("Simulator with --churn " + CHANGES);
        try (var simulator = simulator("churn", 10, "--churn", "" + CHANGES)) {
            simulator.await("ready", PATIENCE);
            var pools = pools(simulator);
            // logs in first
            generations(pools);
            var before = generations(pools);
            var start = System.nanoTime();
            Thread.sleep(COUNTED.toMillis());
            var changes = generations(pools) - before;
            figures.atLeast(0.95 * CHANGES, "changes", changes / Probe.seconds(start), "a second");
        }
    }

    private long generations(List<Pool> pools) {
        return pools.stream().mapToLong(pool -> xapi.generation(pool).join()).sum();
    }

    private List<Pool> started(Jvm simulator) throws Exception {
        Figures.title("Simulator");
        figures.atMost(20, "start", simulator.await("ready", PATIENCE), "s");
        figures.note("processor time of the start", simulator.cpu(), "s");
        figures.atMost(1024, "heap after the start (-Xms1g -Xmx1g)", simulator.heap(), "MiB");
        return pools(simulator);
    }

    private void parked(Jvm simulator, List<Pool> pools) throws Exception {
        var client = new Xapi();
        var tokens = new ConcurrentHashMap<Pool, String>();
        inTurns(pools, 8, pool -> tokens.put(pool, client.token(pool).join()));
        var questions = pools.stream()
                .map(pool -> client.park(pool, String.valueOf(tokens.get(pool)), PARKED))
                .toList();
        simulator.awaitCalm(PATIENCE);
        figures.atMost(3, "processor with one parked event.from a pool", simulator.cpuOver(IDLE), "%");
        figures.atLeast(size, "of them still parked", questions.stream().filter(each -> !each.isDone()).count(), "");
        figures.atMost(49, "threads", simulator.threads(), "");
        questions.forEach(each -> each.cancel(true));
    }

    private void service(Jvm simulator, List<Pool> pools) throws Exception {
        var data = Path.of("target", "bench", "data-" + Instant.now().getEpochSecond()).toAbsolutePath();
        var key = java.util.Base64.getEncoder().encodeToString(new byte[32]);
        var environment = new HashMap<>(Map.of(
                "SERVER_PORT", "" + SERVICE, "XENPATCH_DATA_DIRECTORY", data.toString(), "XENPATCH_POOL_ENCRYPTIONKEY", key));
        try (var first = Jvm.start(jar, "service-1", List.of("-Xmx1g"), environment, List.of())) {
            var service = new Service(SERVICE);
            service.awaitReady(PATIENCE);
            if (part.equals(TAKE_OVER)) {
                figures.note("first synchronisation", register(service, pools), "s");
                awaitConnected(service);
            } else {
                synchronise(simulator, first, service, pools);
                latency(simulator, first, service, pools);
            }
            environment.put("SERVER_PORT", "" + (SERVICE + 1));
            environment.putAll(Database.of(data).environment());
            environment.put("XENPATCH_DATA_DIRECTORY", data.resolveSibling(data.getFileName() + "-2").toString());
            takeOver(first, environment);
        } finally {
            Database.of(data).end();
        }
    }

    private void synchronise(Jvm simulator, Jvm process, Service service, List<Pool> pools) throws Exception {
        Figures.title("Service (-Xmx1g), one instance");
        process.awaitCalm(PATIENCE);
        var threads = process.threads();
        var cpu = process.cpu();
        var simulated = simulator.cpu();
        // what the first pools bring into memory (classes' metadata, statements, caches) is not what a pool costs
        var few = Math.min(FEW, pools.size() / 2);
        var seconds = register(service, pools.subList(0, few));
        quiet();
        var heap = process.heap();
        seconds += register(service, pools.subList(few, pools.size()));
        figures.atMost(240, "first synchronisation (registration, 8 at a time)", seconds, "s");
        figures.atMost(0, "registrations that had to be repeated", repeated.get(), "");
        figures.note("processor time of the service for it", process.cpu() - cpu, "s");
        figures.note("processor time of the simulator for it", simulator.cpu() - simulated, "s");
        awaitConnected(service);
        quiet();
        figures.atMost(9, "more threads than without pools", process.threads() - threads, "");
        figures.atMost(200, "heap a pool", (process.heap() - heap) * 1024 / (pools.size() - few), "KiB");
        figures.note("processor when nothing changes", process.cpuOver(IDLE), "%");
        figures.note("processor of the simulator meanwhile", simulator.cpuOver(IDLE), "%");
        figures.note("heap of the simulator", simulator.heap(), "MiB");
    }

    /** Idle threads of the client, of the web server and idle connections end by themselves meanwhile. */
    private void quiet() throws InterruptedException {
        Thread.sleep((size < ENOUGH ? SHORT : QUIET).toMillis());
    }

    private double register(Service service, List<Pool> pools) throws Exception {
        var start = System.nanoTime();
        inTurns(pools, 8, pool -> register(service, pool));
        return Probe.seconds(start);
    }

    /** A machine that is busy with something else may let the service's time limits pass. */
    private void register(Service service, Pool pool) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                service.register(pool);
                return;
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                repeated.incrementAndGet();
            }
        }
    }

    private void awaitConnected(Service service) throws Exception {
        var start = System.nanoTime();
        while (service.pools().values().stream().filter(pool -> pool.state().equals("CONNECTED")).count() < size) {
            if (Probe.seconds(start) > PATIENCE.toSeconds()) {
                throw new IllegalStateException("not all pools are connected");
            }
            Thread.sleep(1_000);
        }
        figures.note("until all of them are CONNECTED after that", Probe.seconds(start), "s");
    }

    private void latency(Jvm simulator, Jvm process, Service service, List<Pool> pools) throws Exception {
        Figures.title("Change of a host in the pool until GET /api/v1/hosts shows it, at " + CHANGES + " changes a second");
        // sessions, references and connections of the bench itself come about before
        inTurns(pools, 8, pool -> xapi.rename(pool, pool.hosts().get(0), "before").join());
        process.awaitCalm(PATIENCE);
        var cpu = process.cpu();
        var simulated = simulator.cpu();
        var start = System.nanoTime();
        var probe = new Probe(xapi, service, pools);
        probe.run(CHANGES, Duration.ofSeconds(60), CHANGES / 10);
        var length = Probe.seconds(start);
        figures.atLeast(0.95 * CHANGES, "changes made", probe.made() / 60.0, "a second");
        figures.atMost(0, "changes or looks that failed", probe.failed(), "");
        figures.note("changes looked at", probe.seconds().length, "");
        figures.note("median", 1000 * Figures.percentile(probe.seconds(), 0.5), "ms");
        figures.atMost(1500, "99th percentile", 1000 * Figures.percentile(probe.seconds(), 0.99), "ms");
        figures.note("processor of the service meanwhile", 100 * (process.cpu() - cpu) / length, "%");
        figures.note("processor of the simulator meanwhile", 100 * (simulator.cpu() - simulated) / length, "%");
    }

    private void takeOver(Jvm first, Map<String, String> environment) throws Exception {
        Figures.title("Two instances; one is killed with kill -9");
        var startedAt = Instant.now();
        try (var second = Jvm.start(jar, "service-2", List.of("-Xmx1g"), environment, List.of())) {
            var survivor = new Service(SERVICE + 1);
            survivor.awaitReady(PATIENCE);
            awaitShared(survivor, startedAt);
            awaitConnected(survivor);
            second.awaitCalm(PATIENCE);
            var killedAt = Instant.now();
            var start = System.nanoTime();
            first.kill();
            var moved = new HashSet<String>();
            var lastMove = killedAt;
            var calm = System.nanoTime();
            while (Probe.seconds(calm) < 20 && Probe.seconds(start) < 180) {
                for (var pool : survivor.pools().entrySet()) {
                    // the service dates a move itself: to see it takes time while all those pools are read
                    var since = pool.getValue().since();
                    if (since.isAfter(killedAt) && moved.add(pool.getKey())) {
                        lastMove = since.isAfter(lastMove) ? since : lastMove;
                        calm = System.nanoTime();
                    }
                }
                Thread.sleep(250);
            }
            figures.note("pools that the killed one watched", moved.size(), "");
            figures.atMost(15, "until the last of them had moved", Duration.between(killedAt, lastMove).toMillis() / 1000.0, "s");
            awaitConnected(survivor);
        }
    }

    /** The second instance has heard of the first one, and has taken its share of the pools over. */
    private static void awaitShared(Service service, Instant startedAt) throws Exception {
        var start = System.nanoTime();
        while (service.pools().values().stream().noneMatch(pool -> pool.since().isAfter(startedAt))) {
            if (Probe.seconds(start) > PATIENCE.toSeconds()) {
                throw new IllegalStateException("the second instance takes no pool over");
            }
            Thread.sleep(250);
        }
    }

    /** Does something for every pool, a few at a time. */
    private static void inTurns(List<Pool> pools, int atOnce, Work work) throws Exception {
        var threads = Executors.newFixedThreadPool(atOnce);
        try {
            var all = pools.stream()
                    .map(pool -> (Callable<Void>) () -> {
                        work.on(pool);
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(all)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Work {
        void on(Pool pool) throws Exception;
    }
}
