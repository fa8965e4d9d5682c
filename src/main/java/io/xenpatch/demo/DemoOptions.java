package io.xenpatch.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line and the environment ask of the demo.
 *
 * @param exits whether the process ends after the summary
 * @param dataDirectory database, log and memory of the simulated pools
 * @param listensOn where the service is to listen
 * @param forService settings that go to the service as they are
 */
record DemoOptions(boolean exits, Path dataDirectory, InetSocketAddress listensOn, List<String> forService) {
    private static final String EXIT = "--exit";
    private static final String DATA_DIRECTORY = "xenpatch.data-directory";
    private static final String LOG_FILE = "logging.file.name";
    private static final String CONSOLE = "logging.threshold.console";
    private static final Map<String, String> CLOCKS =
            Map.of("xenpatch.precheck.clocks-apart", "1d", "xenpatch.precheck.clocks-differ", "12h");
    private static final String OWN_DIRECTORY = "./data/demo";

    DemoOptions {
        forService = List.copyOf(forService);
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    static DemoOptions parse(String[] args, Map<String, String> environment) {
        var settings = new ArrayList<String>();
        var exits = false;
        for (var arg : args) {
            if (arg.equals(EXIT)) {
                exits = true;
            } else if (arg.matches("--[a-z][\\w.-]*=.*")) {
                settings.add(arg);
            } else {
                throw new IllegalArgumentException(
                        "The demo has no option " + arg + " (known: --exit, and settings as --server.port=8090).");
            }
        }
        var asked = new Asked(settings, environment);
        var port = asked.value("server.port", "SERVER_PORT", "8080");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("SERVER_PORT takes a port from 0 to 65535, not " + port + ".");
        }
        return new DemoOptions(
                exits,
                Path.of(asked.value(DATA_DIRECTORY, "XENPATCH_DATA_DIRECTORY", OWN_DIRECTORY)),
                new InetSocketAddress(
                        asked.value("server.address", "SERVER_ADDRESS", "127.0.0.1"), Integer.parseInt(port)),
                settings);
    }

    /** The settings that the service starts with: what was asked for, and the log in a file, so that the progress stays readable. */
    String[] serviceArguments() {
        // each once, the first one wins: what the command line says twice, Spring takes for a list
        var all = new LinkedHashMap<String, String>();
        forService.forEach(setting -> all.putIfAbsent(key(setting), setting));
        all.putIfAbsent(DATA_DIRECTORY, "--" + DATA_DIRECTORY + "=" + dataDirectory);
        all.putIfAbsent(LOG_FILE, "--" + LOG_FILE + "=" + log());
        all.putIfAbsent(CONSOLE, "--" + CONSOLE + "=ERROR");
        // the demo's pools live faster than the clock that theirs are compared with, one after the other
        CLOCKS.forEach((key, most) -> all.putIfAbsent(key, "--" + key + "=" + most));
        return all.values().toArray(String[]::new);
    }

    private static String key(String setting) {
        return setting.substring(2, setting.indexOf('='));
    }

    Path log() {
        return new Asked(forService, Map.of())
                .given(LOG_FILE)
                .map(Path::of)
                .orElseGet(() -> dataDirectory.resolve("xenpatch.log"));
    }

    private record Asked(List<String> settings, Map<String, String> environment) {

        String value(String key, String variable, String otherwise) {
            return given(key).orElseGet(() -> first(System.getProperty(key), environment.get(variable), otherwise));
        }

        Optional<String> given(String key) {
            var prefix = "--" + key + "=";
            return settings.stream()
                    .filter(setting -> setting.startsWith(prefix))
                    .map(setting -> setting.substring(prefix.length()))
                    .findFirst();
        }

        private static String first(@Nullable String property, @Nullable String variable, String otherwise) {
            if (property != null) {
                return property;
            }
            return variable != null ? variable : otherwise;
        }
    }
}
