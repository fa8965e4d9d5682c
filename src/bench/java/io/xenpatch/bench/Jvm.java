package io.xenpatch.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process of the jar, and what it costs. Linux only. */
final class Jvm implements AutoCloseable {
    private static final Pattern USED =
            Pattern.compile("(?:generation|heap)\\s+total \\d+K, used (\\d+)K|heap\\s.*used (\\d+)K");
    private static final double CLOCK_TICKS = 100;
    private static final double KILO = 1024;
    private static final int COLLECTIONS = 5;
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    /** More than 1,000 watched pools take when nothing changes. */
    private static final double CALM_PERCENT = 25;

    private final Process process;
    private final Path out;
    private final long startedAt = System.nanoTime();

    private Jvm(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /**
     * @param name of its output below the bench's directory
     * @param heap options that say how much it may have
     */
    static Jvm start(Path jar, String name, List<String> heap, Map<String, String> environment, List<String> arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(program("java"), "-XX:+UseSerialGC"));
        command.addAll(heap);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        var out = Path.of("target", "bench", name + ".out");
        var builder = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(Path.of("target", "bench", name + ".err").toFile());
        builder.environment().putAll(environment);
        return new Jvm(builder.start(), out);
    }

    private static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** What it printed so far. */
    String output() throws IOException {
        return Files.readString(out);
    }

    /** Waits until it printed a word. @return seconds since its start */
    double await(String word, Duration limit) throws IOException, InterruptedException {
        while (!output().contains(word)) {
            if (!process.isAlive() || age() > limit.toSeconds()) {
                throw new IllegalStateException("The process did not print " + word + ": see " + out);
            }
            Thread.sleep(50);
        }
        return age();
    }

    /** Seconds since its start. */
    double age() {
        return Probe.seconds(startedAt);
    }

    /** Seconds of processor time so far. */
    double cpu() throws IOException {
        var stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CLOCK_TICKS;
    }

    /** Percent of one processor over a time. */
    double cpuOver(Duration length) throws IOException, InterruptedException {
        var before = cpu();
        var start = System.nanoTime();
        Thread.sleep(length.toMillis());
        return 100 * (cpu() - before) / Probe.seconds(start);
    }

    /** Waits until it has hardly anything to do: what was begun before is over, and does not count for what is measured next. */
    void awaitCalm(Duration limit) throws IOException, InterruptedException {
        var start = System.nanoTime();
        while (cpuOver(A_WHILE) > CALM_PERCENT) {
            if (Probe.seconds(start) > limit.toSeconds()) {
                throw new IllegalStateException("The process does not come to rest: see " + out);
            }
        }
    }

    /** All threads, those of the JVM among them. */
    int threads() throws IOException {
        try (var tasks = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            return (int) tasks.count();
        }
    }

    /**
     * MiB of heap that live objects take. The serial collector closes small gaps between old objects only at each fourth full
     * collection, and counts them as used until then.
     */
    double heap() throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            jcmd("GC.run");
        }
        var used = USED.matcher(jcmd("GC.heap_info"));
        long kilo = 0;
        while (used.find()) {
            kilo += Long.parseLong(used.group(1) == null ? used.group(2) : used.group(1));
        }
        return kilo / KILO;
    }

    private String jcmd(String what) throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(program("jcmd"), String.valueOf(process.pid()), what)
                .redirectErrorStream(true)
                .start();
        var text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return text;
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
