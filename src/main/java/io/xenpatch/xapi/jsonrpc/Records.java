package io.xenpatch.xapi.jsonrpc;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.InstallationNote;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PowerState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is read of XAPI's records. A field that a version does not have is null, false or 0. */
final class Records {

    private static final int MOST_SHARED = 1_000;
    private static final Map<Map<String, String>, Map<String, String>> SHARED = new ConcurrentHashMap<>();

    private static final Set<String> OF_INTEREST =
            Set.of("boot_time", "agent_start_time", "MAINTENANCE_MODE", InstallationNote.TIME, InstallationNote.OWED);

    private Records() {}

    /** A record of which a mirror keeps less than a full read: what the inventory shows, in as little memory as possible. */
    interface Mirrored {
        /** What the mirror keeps of it. */
        Object thin();

        /** Words of a small vocabulary, and what many records of a pool name, are kept once. */
        static @Nullable String word(@Nullable String text) {
            return text == null ? null : text.intern();
        }

        /** What {@link io.xenpatch.xen.HostSnapshot} says of a host's settings. */
        static @Nullable Map<String, String> ofInterest(@Nullable Map<String, String> config) {
            return config == null
                    ? null
                    : config.entrySet().stream()
                            .filter(entry -> OF_INTEREST.contains(entry.getKey()))
                            .collect(Collectors.toUnmodifiableMap(
                                    entry -> entry.getKey().intern(), Map.Entry::getValue));
        }

        /** As long as it is, and no longer. */
        static @Nullable List<String> copy(@Nullable List<String> list) {
            return list == null ? null : List.copyOf(list);
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
            @JsonProperty("ha_statefiles") @Nullable List<String> haStatefiles,
            @JsonProperty("ha_configuration") @Nullable Map<String, String> haConfiguration,
            @JsonProperty("ha_cluster_stack") @Nullable String haClusterStack,

            @JsonProperty("ha_host_failures_to_tolerate") long haFailuresToTolerate,

            @JsonProperty("wlb_enabled") boolean wlbEnabled,
            @JsonProperty("wlb_url") @Nullable String wlbUrl,
            @JsonProperty("vswitch_controller") @Nullable String vswitchController,
            @JsonProperty("repositories") @Nullable List<String> repositories,
            @JsonProperty("last_update_sync") @Nullable String lastUpdateSync,
            @JsonProperty("update_sync_enabled") boolean updateSyncEnabled,

            @JsonProperty("update_sync_frequency") @Nullable String updateSyncFrequency,

            @JsonProperty("update_sync_day") int updateSyncDay,
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

            @JsonProperty("current_operations") @Nullable Map<String, String> currentOperations,
            @JsonProperty("pending_guidances") @Nullable List<String> mandatory,

            @JsonProperty("pending_guidances_recommended") @Nullable
            List<String> recommended,

            @JsonProperty("pending_guidances_full") @Nullable
            List<String> full,

            @JsonProperty("last_software_update") @Nullable String lastSoftwareUpdate,
            @JsonProperty("last_update_hash") @Nullable String lastUpdateHash,

            @JsonProperty("latest_synced_updates_applied") @Nullable
            String latestSyncedUpdatesApplied,

            @JsonProperty("ssl_legacy") boolean sslLegacy,
            @JsonProperty("power_on_mode") @Nullable String powerOnMode)
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
                    Mirrored.ofInterest(otherConfig),
                    Mirrored.copy(updates),
                    Mirrored.copy(patches),
                    Mirrored.copy(updatesRequiringReboot),
                    currentOperations == null ? null : Map.copyOf(currentOperations),
                    Mirrored.copy(mandatory),
                    Mirrored.copy(recommended),
                    Mirrored.copy(full),
                    lastSoftwareUpdate,
                    lastUpdateHash,
                    Mirrored.word(latestSyncedUpdatesApplied),
                    sslLegacy,
                    Mirrored.word(powerOnMode));
        }
    }

    record HostMetrics(
            boolean live,
            @JsonProperty("memory_total") long memoryTotal,
            @JsonProperty("memory_free") long memoryFree) {}

    /**
     * Numbers and enums instead of texts: of these there are more than of anything else in memory.
     *
     * @param uuidHigh the upper half of the uuid
     * @param metricsHigh the upper half of the number of {@code metrics}; see {@link Reference}
     * @param guest neither control domain nor template nor snapshot
     * @param more null where a mirror does not keep it
     */
    record Vm(
            long uuidHigh,
            long uuidLow,
            long metricsHigh,
            long metricsLow,
            @Nullable String name,
            boolean guest,
            PowerState power,
            GuestKind kind,
            @Nullable String residentOn,
            @Nullable String scheduledOn,
            long memoryStaticMax,
            long memoryOverhead,
            Map<String, String> currentOperations,
            PendingGuidances pending,
            @Nullable More more)
            implements Mirrored {

        /**
         * @param metrics its reference where that is not spelt as a number
         * @param snapshotOf reference of the guest that it is a snapshot of; null where it is none
         */
        record More(
                List<String> allowedOperations,
                Map<String, String> otherConfig,
                @Nullable String metrics,
                @Nullable String snapshotOf) {}

        @JsonCreator
        static Vm of(
                @JsonProperty("uuid") UUID uuid,
                @JsonProperty("name_label") @Nullable String name,
                @JsonProperty("power_state") @Nullable String powerState,
                @JsonProperty("is_control_domain") boolean controlDomain,
                @JsonProperty("is_a_template") boolean template,
                @JsonProperty("is_a_snapshot") boolean snapshot,
                @JsonProperty("snapshot_of") @Nullable String snapshotOf,
                @JsonProperty("resident_on") @Nullable String residentOn,
                @JsonProperty("scheduled_to_be_resident_on") @Nullable String scheduledOn,
                @JsonProperty("domain_type") @Nullable String domainType,
                @JsonProperty("HVM_boot_policy") @Nullable String hvmBootPolicy,
                @JsonProperty("metrics") @Nullable String metricsRef,
                @JsonProperty("memory_static_max") long memoryStaticMax,
                @JsonProperty("memory_overhead") long memoryOverhead,
                @JsonProperty("allowed_operations") @Nullable List<String> allowedOperations,
                @JsonProperty("current_operations") @Nullable Map<String, String> currentOperations,
                @JsonProperty("other_config") @Nullable Map<String, String> otherConfig,
                @JsonProperty("pending_guidances") @Nullable List<String> mandatory,
                @JsonProperty("pending_guidances_recommended") @Nullable List<String> recommended,
                @JsonProperty("pending_guidances_full") @Nullable List<String> full) {
            var metrics = Reference.of(Snapshots.text(metricsRef));
            return new Vm(
                    uuid.getMostSignificantBits(),
                    uuid.getLeastSignificantBits(),
                    metrics.high(),
                    metrics.low(),
                    name,
                    !controlDomain && !template && !snapshot,
                    power(Snapshots.text(powerState)),
                    kind(Snapshots.text(domainType), Snapshots.text(hvmBootPolicy)),
                    residentOn,
                    scheduledOn,
                    memoryStaticMax,
                    memoryOverhead,
                    Map.copyOf(Snapshots.map(currentOperations)),
                    Guidances.pending(mandatory, recommended, full),
                    new More(
                            Snapshots.list(allowedOperations),
                            Snapshots.map(otherConfig),
                            metrics.other(),
                            snapshot ? snapshotOf : null));
        }

        UUID uuid() {
            return new UUID(uuidHigh, uuidLow);
        }

        Reference metrics() {
            return new Reference(metricsHigh, metricsLow, more == null ? null : more.metrics());
        }

        @Nullable
        String snapshotOf() {
            return more == null ? null : more.snapshotOf();
        }

        List<String> allowedOperations() {
            return more == null ? List.of() : more.allowedOperations();
        }

        Map<String, String> otherConfig() {
            return more == null ? Map.of() : more.otherConfig();
        }

        @Override
        public Vm thin() {
            var spelt = more == null ? null : more.metrics();
            return new Vm(
                    uuidHigh,
                    uuidLow,
                    metricsHigh,
                    metricsLow,
                    name,
                    guest,
                    power,
                    kind,
                    Mirrored.word(residentOn),
                    Mirrored.word(scheduledOn),
                    memoryStaticMax,
                    memoryOverhead,
                    currentOperations,
                    pending,
                    spelt == null ? null : new More(List.of(), Map.of(), spelt, null));
        }

        /** A word that this version does not know counts as running: what runs is taken care of. */
        private static PowerState power(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "halted" -> PowerState.HALTED;
                case "paused" -> PowerState.PAUSED;
                case "suspended" -> PowerState.SUSPENDED;
                default -> PowerState.RUNNING;
            };
        }

        /** {@code domain_type} says it where it exists; before (7.5) and where unspecified it is the boot policy. */
        private static GuestKind kind(String domainType, String hvmBootPolicy) {
            return switch (domainType) {
                case "hvm" -> GuestKind.HVM;
                case "pv", "pvh", "pv_in_pvh" -> GuestKind.PV;
                default -> hvmBootPolicy.isEmpty() ? GuestKind.PV : GuestKind.HVM;
            };
        }
    }

    /** @param started Unix seconds, unsigned; 0 when the guest has not started, or nobody knows when */
    record VmMetrics(long memoryActual, int started) {

        @JsonCreator
        static VmMetrics of(
                @JsonProperty("memory_actual") long memoryActual,
                @JsonProperty("start_time") @Nullable String startTime) {
            var started = XapiTime.parse(startTime);
            return new VmMetrics(memoryActual, started == null ? 0 : (int) started.getEpochSecond());
        }

        @Nullable
        Instant startedAt() {
            return started == 0 ? null : Instant.ofEpochSecond(Integer.toUnsignedLong(started));
        }
    }

    record PoolUpdate(
            String uuid,
            @JsonProperty("name_label") @Nullable String name,
            @JsonProperty("name_description") @Nullable String description,
            @Nullable String version,
            @JsonProperty("after_apply_guidance") @Nullable List<String> guidance,
            @JsonProperty("installation_size") long installationSize,
            @Nullable String vdi,
            @Nullable List<String> hosts) {}

    /** @param update whether updates come from it, and not the base system */
    record Repository(
            String uuid,
            @JsonProperty("name_label") @Nullable String name,
            boolean update,
            @Nullable String hash) {}

    /** The mirror of an update for old clients. */
    record PoolPatch(@JsonProperty("pool_update") @Nullable String update) {}

    /** That a host has an update, in the old form: the only place that tells since when. */
    record HostPatch(
            @JsonProperty("pool_patch") @Nullable String patch,
            boolean applied,
            @JsonProperty("timestamp_applied") @Nullable String appliedAt) {}

    record Certificate(
            @Nullable String host,
            @Nullable String type,
            @JsonProperty("not_after") @Nullable String notAfter) {

        /** Before there were several kinds all were of this one. */
        boolean isSeenByOthers() {
            return type == null || type.equals("host");
        }
    }

    record OwnSession(
            @JsonProperty("is_local_superuser") boolean superuser,
            @JsonProperty("rbac_permissions") @Nullable List<String> permissions) {}

    record Task(
            @JsonProperty("name_label") @Nullable String name,
            @Nullable String created,
            @Nullable String status,
            @JsonProperty("resident_on") @Nullable String residentOn,
            double progress,
            @Nullable String result,
            @JsonProperty("error_info") @Nullable List<String> errorInfo) {}
}
