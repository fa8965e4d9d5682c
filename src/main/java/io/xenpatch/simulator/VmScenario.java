package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;

/** One guest with something special about it. Sizes in bytes. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class VmScenario {
    /** Memory of a guest that says nothing else: 1 GiB. */
    public static final long USUAL_MEMORY = 1L << 30;

    /** The key of {@code other_config} that marks a {@link #deaf} guest. */
    public static final String DEAF = "simulator:deaf";

    private final String name;
    private int host;
    private long memory = USUAL_MEMORY;
    private boolean localStorage;
    private boolean pv;
    private boolean drivers = true;
    private boolean cdInserted;
    private boolean toolsInserted;
    private boolean libraryDiscInserted;
    private Map<String, Object> fields = new LinkedHashMap<>();
    private boolean immobile;
    private String powerState = "Running";
    private String haPriority = "";
    private boolean autoPoweron;
    private Map<String, String> blockedOperations = new LinkedHashMap<>();

    VmScenario(@JsonProperty(value = "name", required = true) String name) {
        this.name = name;
    }

    /** A running HVM guest with drivers on shared storage. */
    public static VmScenario plain(String name) {
        return new VmScenario(name);
    }

    /** Home host. */
    public VmScenario host(int index) {
        host = index;
        return this;
    }

    public VmScenario memory(long bytes) {
        memory = bytes;
        return this;
    }

    /** Its disk is on its home host's own storage, so it can't move. */
    public VmScenario localStorage() {
        localStorage = true;
        return this;
    }

    /** Paravirtual instead of HVM. */
    public VmScenario pv() {
        pv = true;
        return this;
    }

    /** An HVM guest without drivers can't migrate. */
    public VmScenario withoutDrivers() {
        drivers = false;
        return this;
    }

    /** It has drivers, and does not do what they are told: a clean shutdown never ends. */
    public VmScenario deaf() {
        return field("other_config", Map.of(DEAF, "true"));
    }

    /** A CD image from the home host's own ISO library is inserted. */
    public VmScenario cdInserted() {
        cdInserted = true;
        return this;
    }

    /** The disc of guest tools is inserted. */
    public VmScenario toolsInserted() {
        toolsInserted = true;
        return this;
    }

    /** A CD image from a library that all hosts share is inserted. */
    public VmScenario libraryDiscInserted() {
        libraryDiscInserted = true;
        return this;
    }

    /** Any field of its record that nothing else here sets, in XAPI's words. */
    public VmScenario field(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    /** {@code platform["nomigrate"]}: VM_IS_IMMOBILE. */
    public VmScenario immobile() {
        immobile = true;
        return this;
    }

    /** Halted, Running or Suspended. */
    public VmScenario powerState(String state) {
        powerState = state;
        return this;
    }

    /** "restart", "best-effort" or "". */
    public VmScenario haPriority(String priority) {
        haPriority = priority;
        return this;
    }

    public VmScenario autoPoweron() {
        autoPoweron = true;
        return this;
    }

    /** {@code VM.blocked_operations[operation] = reason}. */
    public VmScenario blocked(String operation, String reason) {
        blockedOperations.put(operation, reason);
        return this;
    }

    public String name() {
        return name;
    }

    public int host() {
        return host;
    }

    public long memory() {
        return memory;
    }

    public boolean isOnLocalStorage() {
        return localStorage;
    }

    public boolean isPv() {
        return pv;
    }

    public boolean hasDrivers() {
        return drivers;
    }

    public boolean isCdInserted() {
        return cdInserted;
    }

    public boolean isToolsInserted() {
        return toolsInserted;
    }

    public boolean isLibraryDiscInserted() {
        return libraryDiscInserted;
    }

    public Map<String, Object> fields() {
        return Map.copyOf(fields);
    }

    public boolean isImmobile() {
        return immobile;
    }

    public String powerState() {
        return powerState;
    }

    public boolean isRunning() {
        return "Running".equals(powerState);
    }

    public String haPriority() {
        return haPriority;
    }

    public boolean isAutoPoweron() {
        return autoPoweron;
    }

    public Map<String, String> blockedOperations() {
        return Map.copyOf(blockedOperations);
    }
}
