package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What to simulate: pools and how long things take. Built in code or read from YAML ({@code docs/simulator.md}). */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class Scenario {
    private static final Duration SHORTEST_KEPT = Duration.ofMinutes(1);

    private Map<Stage, Duration> timings = new EnumMap<>(Stage.class);
    private List<PoolScenario> pools = new ArrayList<>();

    private Scenario() {}

    public static Scenario of(PoolScenario... pools) {
        var scenario = new Scenario();
        scenario.pools.addAll(List.of(pools));
        return scenario;
    }

    /** A pool to describe further: {@code Scenario.pool("demo").hosts(3).vmsEach(4).update("LIVE")}. */
    public static PoolScenario pool(String name) {
        return new PoolScenario(name);
    }

    /** Pools as {@code --pools --hosts --vms} makes them: five updates introduced, none applied. */
    public static Scenario generated(int pools, int hosts, int vmsEach) {
        return generated(pools, hosts, vmsEach, GeneratedChannel.POOL_UPDATE, UpdateSet.LIVE);
    }

    /** Pools as {@code --channel repository --update-set} makes them: XenServer 8 with a synchronised repository. */
    public static Scenario generated(int pools, int hosts, int vmsEach, UpdateSet set) {
        return generated(pools, hosts, vmsEach, GeneratedChannel.REPOSITORY, set);
    }

    /**
     * Pools as {@code --channel xcp-ng --update-set} makes them: XCP-ng 8.3 whose mirrors offer packages.
     *
     * @throws InvalidScenario for a set that is made of live patches, which XCP-ng does not have
     */
    public static Scenario generatedXcpNg(int pools, int hosts, int vmsEach, UpdateSet set) {
        return generated(pools, hosts, vmsEach, GeneratedChannel.XCP_NG, set);
    }

    static Scenario generated(int pools, int hosts, int vmsEach, GeneratedChannel channel, UpdateSet set) {
        var scenario = new Scenario();
        for (int i = 1; i <= pools; i++) {
            var pool = pool("pool-" + i).hosts(hosts).vmsEach(vmsEach);
            channel.fill(pool, set);
            scenario.pools.add(pool);
        }
        return scenario;
    }

    /** Reads a YAML file. @throws InvalidScenario in words that name what is wrong */
    public static Scenario read(Path file) {
        try {
            var mapper = YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
            return Objects.requireNonNull(mapper.readValue(file.toFile(), Scenario.class), "empty file")
                    .validated();
        } catch (JacksonException e) {
            throw new InvalidScenario("The scenario file " + file + " can't be read: " + e.getOriginalMessage());
        }
    }

    /** How long a stage takes here instead of its usual length. */
    public Scenario timing(Stage stage, Duration length) {
        timings.put(stage, length);
        return this;
    }

    public Duration length(Stage stage) {
        return timings.getOrDefault(stage, stage.usual());
    }

    /**
     * The same for a clock: on a fast one finished tasks are kept at least a real minute, or no client could ever read
     * them.
     */
    Scenario on(SimulatorClock clock) {
        var copy = of(pools.toArray(PoolScenario[]::new));
        copy.timings.putAll(timings);
        var kept = length(Stage.TASK_KEPT);
        clock.realUntil(clock.now().plus(kept))
                .filter(real -> real.compareTo(SHORTEST_KEPT) < 0 && !timings.containsKey(Stage.TASK_KEPT))
                .ifPresent(real -> copy.timing(
                        Stage.TASK_KEPT,
                        kept.multipliedBy(SHORTEST_KEPT.toMillis() / Math.max(real.toMillis(), 1) + 1)));
        return copy;
    }

    public List<PoolScenario> pools() {
        return List.copyOf(pools);
    }

    /** This scenario, if it makes sense. @throws InvalidScenario otherwise */
    Scenario validated() {
        if (pools.isEmpty()) {
            throw new InvalidScenario("A scenario needs at least one pool.");
        }
        var names = pools.stream().map(PoolScenario::name).distinct().count();
        if (names != pools.size()) {
            throw new InvalidScenario("Every pool of a scenario needs its own name.");
        }
        pools.forEach(PoolScenario::validate);
        return this;
    }
}
