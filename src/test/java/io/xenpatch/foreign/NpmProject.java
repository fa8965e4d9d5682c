package io.xenpatch.foreign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Node project of the test sources, installed below target/node so that the sources stay as they are. */
final class NpmProject {
    private static final int INSTALL_MINUTES = 2;
    /** How npm says that it can't reach or doesn't have what it needs. */
    private static final Pattern NO_REGISTRY =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENOTCACHED|E40[134]");

    private static final String LOCK = "package-lock.json";

    private final Path sources;
    private final Path home;

    NpmProject(String name) {
        sources = Path.of("src/test/node", name);
        home = Path.of("target/node", name);
    }

    /** Installs what the lock file names unless that was done before. @return why it can't be, if so */
    Optional<String> install() throws IOException, InterruptedException {
        if (!Stream.of("node", "npm").allMatch(NpmProject::isOnPath)) {
            return Optional.of("no Node.js");
        }
        var isInstalled = sameLock();
        copy();
        return isInstalled ? Optional.empty() : ci();
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** The copy of the lock file is written last, so it stands for a whole installation. */
    private boolean sameLock() throws IOException {
        var installed = home.resolve("node_modules").resolve(LOCK);
        return Files.exists(installed) && Files.mismatch(installed, sources.resolve(LOCK)) < 0;
    }

    private void copy() throws IOException {
        Files.createDirectories(home);
        try (var files = Files.list(sources)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Optional<String> ci() throws IOException, InterruptedException {
        var log = home.resolve("npm-ci.log");
        var npm = new ProcessBuilder(
                        "npm",
                        "ci",
                        "--prefer-offline",
                        "--no-audit",
                        "--no-fund",
                        "--ignore-scripts",
                        "--fetch-retries=1",
                        "--fetch-timeout=15000")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            npm.destroyForcibly();
            return Optional.of("npm ci took more than " + INSTALL_MINUTES + " minutes");
        }
        var output = Files.readString(log, StandardCharsets.UTF_8);
        if (npm.exitValue() == 0) {
            Files.copy(
                    sources.resolve(LOCK),
                    home.resolve("node_modules").resolve(LOCK),
                    StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        }
        var unreachable = NO_REGISTRY.matcher(output);
        if (unreachable.find()) {
            return Optional.of("no npm registry (" + unreachable.group() + ")");
        }
        throw new AssertionError("npm ci failed: " + output);
    }

    /** Starts a script of the project; its errors go to standard error of the tests. */
    Process start(String script, String... arguments) throws IOException {
        var command =
                Stream.concat(Stream.of("node", script), Stream.of(arguments)).toList();
        return new ProcessBuilder(List.copyOf(command))
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
