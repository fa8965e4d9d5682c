package io.xenpatch.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The finished jar, with the commands that it has. What it started ends with it: processes, and the databases that killed
 * services leave behind.
 */
final class Jar implements AutoCloseable {
    static final Path FILE =
            Path.of(System.getProperty("xenpatch.jar", "target/xenpatch.jar")).toAbsolutePath();

    private static final String DATA = "data-";
    private static final String JAVA =
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    private static final String[] JVM = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m"};
    /** What the machine's owner set for services of his own must not reach these. */
    private static final List<String> FOREIGN = List.of(
            "SPRING_", "XENPATCH_", "SERVER_", "LOGGING_", "MANAGEMENT_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private final Path directory;
    private final List<String> options;
    private final List<JarProcess> processes = new ArrayList<>();
    private final Thread onExit = new Thread(this::endAll, "jar-end");
    private int count;

    /** @param user whose name the files bear; what its last run left is removed */
    Jar(Class<?> user) {
        this(user, JVM);
    }

    /** @param options of the JVMs */
    Jar(Class<?> user, String... options) {
        this.options = List.of(options);
        this.directory = FILE.resolveSibling("jar").resolve(user.getSimpleName());
        endDatabases();
        FileSystemUtils.deleteRecursively(directory.toFile());
        directory.toFile().mkdirs();
        // a test run that is interrupted closes nothing
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    static boolean exists() {
        return Files.isRegularFile(FILE);
    }

    /** A data directory that nobody used yet; it doesn't even exist. */
    Path newDataDirectory() {
        return directory.resolve(DATA + ++count);
    }

    /** Starts the service on a free port and waits until it is ready. */
    RunningService serve(Path dataDirectory) {
        return RunningService.ready(startService(dataDirectory));
    }

    /** Starts the service on a free port. */
    JarProcess startService(Path dataDirectory) {
        return start(Map.of("SERVER_PORT", "0"), dataDirectory);
    }

    /** Starts the simulator with a pool that it makes up, and waits until it is ready. */
    RunningPool simulate(String... options) {
        return RunningPool.ready(startSimulator(1, options)).get(0);
    }

    /** Starts the simulator. @param pools how many the options make */
    JarProcess startSimulator(int pools, String... options) {
        var arguments = Stream.concat(Stream.of("simulator", "--port", freePorts(pools)), Stream.of(options));
        return start(Map.of(), newDataDirectory(), arguments.toArray(String[]::new));
    }

    /** Starts any command of the jar. */
    JarProcess start(Map<String, String> environment, Path dataDirectory, String... arguments) {
        var name = Optional.of(arguments)
                .filter(some -> some.length > 0)
                .map(some -> some[0])
                .orElse("service");
        var out = directory.resolve(++count + "-" + name + ".out");
        var err = directory.resolve(count + "-" + name + ".err");
        var command = new ArrayList<>(List.of(JAVA));
        command.addAll(options);
        command.addAll(List.of("-jar", FILE.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(key -> FOREIGN.stream().anyMatch(key::startsWith));
        builder.environment().put("XENPATCH_DATA_DIRECTORY", dataDirectory.toString());
        // simulated pools live faster than the clock that theirs are compared with, one after the other
        builder.environment().put("XENPATCH_PRECHECK_CLOCKSDIFFER", "12h");
        builder.environment().put("XENPATCH_PRECHECK_CLOCKSAPART", "1d");
        builder.environment().putAll(environment);
        try {
            var process = new JarProcess(builder.start(), out, err);
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        endAll();
        Runtime.getRuntime().removeShutdownHook(onExit);
        for (var data : dataDirectories()) {
            FileSystemUtils.deleteRecursively(data);
        }
    }

    /** The first of so many in a row, free at every address of this machine, for each simulated host has its own. */
    private static String freePorts(int count) {
        return Stream.generate(Jar::freePort)
                .limit(100)
                .filter(first -> IntStream.range(first + 1, first + count).allMatch(Jar::isFree))
                .findFirst()
                .map(String::valueOf)
                .orElseThrow();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }

    private void endAll() {
        processes.forEach(JarProcess::end);
        endDatabases();
    }

    private void endDatabases() {
        dataDirectories().forEach(DatabaseProcess::end);
    }

    private List<Path> dataDirectories() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(DATA))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
