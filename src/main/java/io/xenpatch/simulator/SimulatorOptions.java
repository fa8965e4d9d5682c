package io.xenpatch.simulator;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line options of the simulator. */
final class SimulatorOptions {
    private static final String CHANNEL = "--channel";
    private static final String UPDATE_SET = "--update-set";
    private static final Set<String> VALUED =
            Set.of("--scenario", "--port", "--speed", "--pools", "--hosts", "--vms", "--churn", CHANNEL, UPDATE_SET);
    private static final List<String> GENERATE = List.of("--pools", "--hosts", "--vms", CHANNEL, UPDATE_SET);
    private static final Set<String> FLAGS = Set.of("--http", "--coordinator-only", "--distinct-certificates");
    private static final int HIGHEST_PORT = 65_535;

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    private SimulatorOptions() {}

    /** @throws IllegalArgumentException with a sentence for a person */
    static SimulatorOptions parse(String[] args) {
        var options = new SimulatorOptions();
        for (int i = 0; i < args.length; i++) {
            if (FLAGS.contains(args[i])) {
                options.flags.add(args[i]);
            } else if (VALUED.contains(args[i]) && i + 1 < args.length) {
                options.values.put(args[i], args[++i]);
            } else if (VALUED.contains(args[i])) {
                throw new IllegalArgumentException("The option " + args[i] + " needs a value.");
            } else {
                throw new IllegalArgumentException("There is no option " + args[i] + " (known: " + known() + ").");
            }
        }
        options.check();
        return options;
    }

    private static String known() {
        var all = new java.util.TreeSet<>(VALUED);
        all.addAll(FLAGS);
        return String.join(", ", all);
    }

    private void check() {
        if (!values.containsKey("--port") || !values.containsKey("--speed")) {
            throw new IllegalArgumentException("The simulator needs --port N and --speed FACTOR.");
        }
        if (values.containsKey("--scenario") && GENERATE.stream().anyMatch(values::containsKey)) {
            throw new IllegalArgumentException("Give either --scenario or " + String.join(", ", GENERATE) + ".");
        }
        if (values.containsKey(UPDATE_SET) && channel() == GeneratedChannel.POOL_UPDATE) {
            throw new IllegalArgumentException("The option --update-set needs --channel repository or xcp-ng.");
        }
        channel().check(updateSet());
    }

    private UpdateSet updateSet() {
        return UpdateSet.named(
                values.getOrDefault(UPDATE_SET, channel().usualSet().name()));
    }

    private GeneratedChannel channel() {
        return GeneratedChannel.named(values.getOrDefault(CHANNEL, GeneratedChannel.POOL_UPDATE.label()));
    }

    private int number(String option, int usual, int least, int most) {
        var text = values.get(option);
        if (text == null) {
            return usual;
        }
        var number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    "The option " + option + " takes a number from " + least + " to " + most + ", not " + text + ".");
        }
        return number;
    }

    private double speed() {
        var text = values.getOrDefault("--speed", "");
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?") || Double.parseDouble(text) <= 0) {
            throw new IllegalArgumentException("The option --speed takes a number above 0, not " + text + ".");
        }
        return Double.parseDouble(text);
    }

    Scenario toScenario() {
        var file = values.get("--scenario");
        return file != null
                ? Scenario.read(Path.of(file))
                : Scenario.generated(
                        number("--pools", 1, 1, 10_000),
                        number("--hosts", 3, 1, 16_000),
                        number("--vms", 4, 0, 10_000),
                        channel(),
                        updateSet());
    }

    SimulatorSettings toSettings() {
        return new SimulatorSettings(
                number("--port", 0, 1, HIGHEST_PORT),
                SimulatorClock.scaled(speed()),
                flags.contains("--http"),
                flags.contains("--coordinator-only"),
                flags.contains("--distinct-certificates"),
                number("--churn", 0, 0, 1_000_000));
    }
}
