package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One {@code pool_update} of a pool: what it says, what its precheck answers and what applying it really does. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class UpdateScenario {
    /** The updates that generated pools have. */
    public static final List<String> PRESETS = List.of("LIVE", "REBOOT", "TOOLSTACK", "NOTHING", "FAILS");

    private static final Set<String> GUIDANCE = Set.of("restartHost", "restartXAPI", "restartHVM", "restartPV");
    private static final Set<String> ANSWERS = Set.of("ok", "ok_livepatch_complete", "ok_livepatch_incomplete");

    private final String name;
    private @Nullable String uuid;
    private String version = "1.0";
    private String description = "";
    private Set<String> guidance = new LinkedHashSet<>();
    private String precheck = "ok";
    private Map<Integer, String> precheckOn = new TreeMap<>();
    private Map<Integer, List<String>> precheckFailsOn = new TreeMap<>();
    private Set<String> requires = new LinkedHashSet<>();
    private Set<Integer> livePatchFailsOn = new TreeSet<>();
    private boolean livePatchFails;
    private Set<Integer> appliedOn = new TreeSet<>();
    private Set<Integer> rebootPendingOn = new TreeSet<>();
    private Set<Integer> toolstackPendingOn = new TreeSet<>();
    private boolean withoutVdi;
    private long installationSize = 1L << 20;
    private Map<String, String> software = new LinkedHashMap<>();

    UpdateScenario(@JsonProperty(value = "name", required = true) String name) {
        this.name = name;
    }

    static UpdateScenario named(String name) {
        var update = new UpdateScenario(name);
        return switch (name) {
            case "LIVE" -> update.guidance("restartHost").precheck("ok_livepatch_complete");
            case "REBOOT" -> update.guidance("restartHost");
            case "TOOLSTACK" -> update.guidance("restartXAPI");
            case "FAILS" ->
                update.guidance("restartHost").precheck("ok_livepatch_complete").livePatchFails();
            default -> update;
        };
    }

    /** {@code after_apply_guidance}: restartHost, restartXAPI, restartHVM, restartPV. */
    public UpdateScenario guidance(String... values) {
        guidance = new LinkedHashSet<>(List.of(values));
        return this;
    }

    /** What the precheck answers: ok, ok_livepatch_complete or ok_livepatch_incomplete. */
    public UpdateScenario precheck(String answer) {
        precheck = answer;
        return this;
    }

    /** What the precheck answers on one host. */
    public UpdateScenario precheckOn(int host, String answer) {
        precheckOn.put(host, answer);
        return this;
    }

    /** The precheck fails on one host; {@code $update} in a parameter becomes the reference of the update. */
    public UpdateScenario precheckFailsOn(int host, String code, String... params) {
        precheckFailsOn.put(
                host, Stream.concat(Stream.of(code), Stream.of(params)).toList());
        return this;
    }

    /** Names of updates that a host must have before; without them precheck and apply fail (xapi.md §6.3 row g). */
    public UpdateScenario requires(String... updates) {
        requires = new LinkedHashSet<>(List.of(updates));
        return this;
    }

    /** The live patch fails in reality, on every host. */
    public UpdateScenario livePatchFails() {
        livePatchFails = true;
        return this;
    }

    /** The live patch fails in reality on these hosts. */
    public UpdateScenario livePatchFailsOn(Integer... hosts) {
        livePatchFailsOn.addAll(List.of(hosts));
        return this;
    }

    public UpdateScenario appliedOn(Integer... hosts) {
        appliedOn.addAll(List.of(hosts));
        return this;
    }

    /** Applied there and still waiting for a reboot. */
    public UpdateScenario rebootPendingOn(Integer... hosts) {
        rebootPendingOn.addAll(List.of(hosts));
        return appliedOn(hosts);
    }

    /** Applied there after the last start of the toolstack. */
    public UpdateScenario toolstackPendingOn(Integer... hosts) {
        toolstackPendingOn.addAll(List.of(hosts));
        return appliedOn(hosts);
    }

    /** The image of the update was cleaned away. */
    public UpdateScenario withoutVdi() {
        withoutVdi = true;
        return this;
    }

    public UpdateScenario uuid(String value) {
        uuid = value;
        return this;
    }

    public UpdateScenario version(String value) {
        version = value;
        return this;
    }

    public UpdateScenario description(String value) {
        description = value;
        return this;
    }

    /** Bytes needed on the root disk of a host. */
    public UpdateScenario installationSize(long bytes) {
        installationSize = bytes;
        return this;
    }

    /** What {@code software_version} says after the next toolstack start of an updated host. */
    public UpdateScenario software(String key, String value) {
        software.put(key, value);
        return this;
    }

    public String name() {
        return name;
    }

    public Optional<String> uuid() {
        return Optional.ofNullable(uuid);
    }

    public String version() {
        return version;
    }

    public String description() {
        return description;
    }

    public List<String> guidance() {
        return List.copyOf(guidance);
    }

    public String precheckOn(int host) {
        return precheckOn.getOrDefault(host, precheck);
    }

    /** Code and parameters of the failing precheck, or an empty list. */
    public List<String> precheckFailureOn(int host) {
        return precheckFailsOn.getOrDefault(host, List.of());
    }

    public List<String> requires() {
        return List.copyOf(requires);
    }

    public boolean failsToLivePatch(int host) {
        return livePatchFails || livePatchFailsOn.contains(host);
    }

    public Set<Integer> appliedOn() {
        return Set.copyOf(appliedOn);
    }

    public Set<Integer> rebootPendingOn() {
        return Set.copyOf(rebootPendingOn);
    }

    public Set<Integer> toolstackPendingOn() {
        return Set.copyOf(toolstackPendingOn);
    }

    public boolean hasVdi() {
        return !withoutVdi;
    }

    public long installationSize() {
        return installationSize;
    }

    public Map<String, String> software() {
        return Map.copyOf(software);
    }

    Set<Integer> hostsNamed() {
        var named = new TreeSet<>(appliedOn);
        named.addAll(rebootPendingOn);
        named.addAll(toolstackPendingOn);
        named.addAll(livePatchFailsOn);
        named.addAll(precheckOn.keySet());
        named.addAll(precheckFailsOn.keySet());
        return named;
    }

    void validate() {
        var unknown = new ArrayList<>(guidance);
        unknown.removeAll(GUIDANCE);
        if (!unknown.isEmpty()) {
            throw new InvalidScenario("Update " + name + ": guidance " + unknown + " is not one of " + GUIDANCE + ".");
        }
        var answers = new TreeSet<>(precheckOn.values());
        answers.add(precheck);
        answers.removeAll(ANSWERS);
        if (!answers.isEmpty()) {
            throw new InvalidScenario("Update " + name + ": precheck " + answers + " is not one of " + ANSWERS + ".");
        }
    }
}
