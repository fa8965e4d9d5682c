package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is special about one host of a pool. Sizes in bytes. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class HostScenario {
    private boolean disabled;
    private boolean untilEnabled;
    private boolean storageDetached;
    private boolean unreachable;
    private long memory;
    private Duration clockAhead = Duration.ZERO;
    private @Nullable Duration certificateEnds;
    private long freeDiskSpace = 4L << 30;
    private @Nullable Boolean licensed;
    private Map<String, String> otherConfig = new LinkedHashMap<>();
    private Map<String, String> software = new LinkedHashMap<>();
    private boolean outsideCluster;
    private Map<String, Object> fields = new LinkedHashMap<>();

    HostScenario() {}

    /** A person disabled it before. */
    public HostScenario disabled() {
        disabled = true;
        return this;
    }

    /** A person disabled it so that no start enables it again. Needs a profile of xapi 25.31 or later. */
    public HostScenario disabledUntilEnabled() {
        untilEnabled = true;
        return disabled();
    }

    /** A person put it into maintenance: disabled, and marked as XenCenter marks it. */
    public HostScenario inMaintenance() {
        return disabled().otherConfig("MAINTENANCE_MODE", "true");
    }

    /** Nobody reaches it, and the pool has not noticed yet. */
    public HostScenario unreachable() {
        unreachable = true;
        return this;
    }

    /** Its PBD of the shared storage is not attached. */
    public HostScenario storageDetached() {
        storageDetached = true;
        return this;
    }

    /** Total memory; 0 = enough for its guests and for those of one other host. */
    public HostScenario memory(long bytes) {
        memory = bytes;
        return this;
    }

    /** By how much its clock is ahead of the pool's; negative = behind. */
    public HostScenario clockAhead(Duration difference) {
        clockAhead = difference;
        return this;
    }

    /** How long after the pool began its certificate is valid, as the pool records it; without it there is no record. */
    public HostScenario certificateEnds(Duration later) {
        certificateEnds = later;
        return this;
    }

    /** What its plugin {@code disk-space} says it has for updates. */
    public HostScenario freeDiskSpace(long bytes) {
        freeDiskSpace = bytes;
        return this;
    }

    /** Whether this host's licence allows live patching, if it differs from the pool's. */
    public HostScenario licensed(boolean allowed) {
        licensed = allowed;
        return this;
    }

    public HostScenario otherConfig(String key, String value) {
        otherConfig.put(key, value);
        return this;
    }

    /** Replaces one entry of {@code software_version}. */
    public HostScenario software(String key, String value) {
        software.put(key, value);
        return this;
    }

    /** Its part in the pool's cluster is disabled. */
    public HostScenario outsideCluster() {
        outsideCluster = true;
        return this;
    }

    /** Any field of its record that nothing else here sets, in XAPI's words. */
    public HostScenario field(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    public boolean isDisabled() {
        return disabled;
    }

    public boolean isDisabledUntilEnabled() {
        return untilEnabled;
    }

    public boolean isUnreachable() {
        return unreachable;
    }

    public boolean isStorageDetached() {
        return storageDetached;
    }

    public long memory() {
        return memory;
    }

    public Duration clockAhead() {
        return clockAhead;
    }

    public Optional<Duration> certificateEnds() {
        return Optional.ofNullable(certificateEnds);
    }

    public long freeDiskSpace() {
        return freeDiskSpace;
    }

    public Optional<Boolean> isLicensed() {
        return Optional.ofNullable(licensed);
    }

    public Map<String, String> otherConfig() {
        return Map.copyOf(otherConfig);
    }

    public Map<String, String> software() {
        return Map.copyOf(software);
    }

    public boolean isOutsideCluster() {
        return outsideCluster;
    }

    public Map<String, Object> fields() {
        return Map.copyOf(fields);
    }
}
