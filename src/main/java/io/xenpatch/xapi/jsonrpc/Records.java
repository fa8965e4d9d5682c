package io.xenpatch.xapi.jsonrpc;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is read of XAPI's records. A field that a version does not have is null, false or 0. */
final class Records {

    private static final int MOST_SHARED = 1_000;
    private static final Map<Map<String, String>, Map<String, String>> SHARED = new ConcurrentHashMap<>();

    private Records() {}

    /** A record of which a mirror keeps less than a full read: what the inventory shows, in as little memory as possible. */
    interface Mirrored {
        /** What the mirror keeps of it. */
        Object thin();

        /** Words of a small vocabulary, and what many records of a pool name, are kept once. */
        static @Nullable String word(@Nullable String text) {
            return text == null ? null : text.intern();
        }

        /** Keys and values are mostly the same on all hosts of all pools. */
        static @Nullable Map<String, String> words(@Nullable Map<String, String> map) {
            return map == null
                    ? null
                    : map.entrySet().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    entry -> entry.getKey().intern(),
                                    entry -> entry.getValue().intern()));
        }

        /** A map of {@link #words} that hosts of one version and licence have in common, kept once. */
        static @Nullable Map<String, String> shared(@Nullable Map<String, String> map) {
            if (map == null) {
                return null;
            }
            var known = SHARED.get(map);
            if (known != null) {
                return known;
            }
            var words = words(map);
            // more would only remember what hardly anybody else has
            if (words != null && SHARED.size() < MOST_SHARED) {
                SHARED.put(words, words);
            }
            return words;
        }
    }

    record Pool(
            String uuid,
            @JsonProperty("name_label") @Nullable String name,
            String master,

            @JsonProperty("live_patching_disabled") @Nullable
            Boolean livePatchingDisabled,

            @JsonProperty("ha_enabled") boolean haEnabled,
            @JsonProperty("wlb_enabled") boolean wlbEnabled,
            @JsonProperty("wlb_url") @Nullable String wlbUrl,
            @JsonProperty("repositories") @Nullable List<String> repositories,
            @JsonProperty("other_config") @Nullable Map<String, String> otherConfig,
            @JsonProperty("current_operations") @Nullable Map<String, String> currentOperations) {}

    record Host(
            String uuid,
            @JsonProperty("name_label") @Nullable String name,
            @Nullable String address,
            boolean enabled,
            @Nullable String metrics,
            @JsonProperty("memory_overhead") long memoryOverhead,
            @JsonProperty("software_version") @Nullable Map<String, String> softwareVersion,
            @JsonProperty("license_params") @Nullable Map<String, String> licenseParams,
            @JsonProperty("other_config") @Nullable Map<String, String> otherConfig,
            @Nullable List<String> updates,
            @Nullable List<String> patches,

            @JsonProperty("updates_requiring_reboot") @Nullable
            List<String> updatesRequiringReboot,

            @JsonProperty("current_operations") @Nullable Map<String, String> currentOperations)
            implements Mirrored {

        @Override
        public Host thin() {
            return new Host(
                    uuid,
                    name,
                    address,
                    enabled,
                    metrics,
                    memoryOverhead,
                    Mirrored.shared(softwareVersion),
                    Mirrored.shared(licenseParams),
                    Mirrored.words(otherConfig),
                    updates,
                    patches,
                    updatesRequiringReboot,
                    currentOperations);
        }
    }

    record HostMetrics(
            boolean live,
            @JsonProperty("memory_total") long memoryTotal,
            @JsonProperty("memory_free") long memoryFree) {}

    record Vm(
            UUID uuid,
            @JsonProperty("name_label") @Nullable String name,
            @JsonProperty("power_state") @Nullable String powerState,
            @JsonProperty("is_control_domain") boolean controlDomain,
            @JsonProperty("is_a_template") boolean template,
            @JsonProperty("is_a_snapshot") boolean snapshot,
            @JsonProperty("resident_on") @Nullable String residentOn,

            @JsonProperty("scheduled_to_be_resident_on") @Nullable
            String scheduledOn,

            @JsonProperty("domain_type") @Nullable String domainType,
            @JsonProperty("HVM_boot_policy") @Nullable String hvmBootPolicy,
            @Nullable Reference metrics,
            @JsonProperty("memory_static_max") long memoryStaticMax,
            @JsonProperty("memory_overhead") long memoryOverhead,
            @JsonProperty("allowed_operations") @Nullable List<String> allowedOperations,
            @JsonProperty("current_operations") @Nullable Map<String, String> currentOperations,
            @JsonProperty("other_config") @Nullable Map<String, String> otherConfig)
            implements Mirrored {

        boolean isGuest() {
            return !controlDomain && !template && !snapshot;
        }

        @Override
        public Vm thin() {
            return new Vm(
                    uuid,
                    name,
                    Mirrored.word(powerState),
                    controlDomain,
                    template,
                    snapshot,
                    Mirrored.word(residentOn),
                    Mirrored.word(scheduledOn),
                    Mirrored.word(domainType),
                    Mirrored.word(hvmBootPolicy),
                    metrics,
                    memoryStaticMax,
                    memoryOverhead,
                    null,
                    currentOperations == null ? null : Map.copyOf(currentOperations),
                    null);
        }
    }

    /** @param started Unix seconds; 0 when the guest has not started, or nobody knows when */
    record VmMetrics(long memoryActual, long started) {

        @JsonCreator
        static VmMetrics of(
                @JsonProperty("memory_actual") long memoryActual,
                @JsonProperty("start_time") @Nullable String startTime) {
            var started = XapiTime.parse(startTime);
            return new VmMetrics(memoryActual, started == null ? 0 : started.getEpochSecond());
        }

        @Nullable
        Instant startedAt() {
            return started == 0 ? null : Instant.ofEpochSecond(started);
        }
    }

    record Vbd(
            @JsonProperty("VM") @Nullable String vm,
            @JsonProperty("VDI") @Nullable String vdi,
            @Nullable String type,
            boolean empty) {}

    record Vdi(@JsonProperty("SR") @Nullable String sr) implements Mirrored {
        private static final Vdi SOMEWHERE = new Vdi(null);

        /** Only that it is there. */
        @Override
        public Vdi thin() {
            return SOMEWHERE;
        }
    }

    record Sr(
            String uuid,
            @JsonProperty("name_label") @Nullable String name,
            @Nullable String type,
            @JsonProperty("content_type") @Nullable String contentType,
            boolean shared,
            @JsonProperty("is_tools_sr") boolean tools,
            @JsonProperty("other_config") @Nullable Map<String, String> otherConfig) {}

    record Pbd(
            String uuid,
            @Nullable String host,
            @JsonProperty("SR") @Nullable String sr,
            @JsonProperty("currently_attached") boolean attached) {}

    record PoolUpdate(
            String uuid,
            @JsonProperty("name_label") @Nullable String name,
            @JsonProperty("name_description") @Nullable String description,
            @Nullable String version,
            @JsonProperty("after_apply_guidance") @Nullable List<String> guidance,
            @JsonProperty("installation_size") long installationSize,
            @Nullable String vdi,
            @Nullable List<String> hosts) {}

    /** The mirror of an update for old clients. */
    record PoolPatch(@JsonProperty("pool_update") @Nullable String update) {}

    /** That a host has an update, in the old form: the only place that tells since when. */
    record HostPatch(
            @JsonProperty("pool_patch") @Nullable String patch,
            boolean applied,
            @JsonProperty("timestamp_applied") @Nullable String appliedAt) {}

    record Task(
            @JsonProperty("name_label") @Nullable String name,
            @Nullable String created,
            @Nullable String status,
            @JsonProperty("resident_on") @Nullable String residentOn,
            double progress,
            @Nullable String result,
            @JsonProperty("error_info") @Nullable List<String> errorInfo) {}
}
