package io.xenpatch.simulator.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which operations hosts and pools refuse in which state, and with which error (xapi.md §8.1). Pure. */
final class OperationRules {
    /** A conflict that XAPI itself waits for. */
    static final String OTHER = "OTHER_OPERATION_IN_PROGRESS";

    private static final String SHUTDOWN = "shutdown";
    private static final String REBOOT = "reboot";
    private static final String PROVISION = "provision";
    private static final String EVACUATE = "evacuate";
    private static final String APPLY_UPDATES = "apply_updates";

    /** All operations of a host, in the order in which XAPI tells them. */
    static final List<String> HOST = List.of(
            PROVISION,
            EVACUATE,
            SHUTDOWN,
            REBOOT,
            "power_on",
            "vm_start",
            "vm_resume",
            "vm_migrate",
            APPLY_UPDATES,
            "enable");

    /** All operations of a pool, in the order in which XAPI tells them. */
    static final List<String> POOL = List.of(
            "ha_enable",
            "ha_disable",
            "cluster_create",
            "designate_new_master",
            "configure_repositories",
            "sync_updates",
            "sync_bundle",
            "get_updates",
            APPLY_UPDATES,
            "tls_verification_enable",
            "cert_refresh",
            "exchange_certificates_on_join",
            "exchange_ca_certificates_on_join",
            "copy_primary_host_certs",
            "eject",
            "exchange_crls_on_join");

    private static final Map<String, Set<String>> BLOCKED_ON_HOST = Map.of(
            PROVISION,
            Set.of(PROVISION, EVACUATE, SHUTDOWN, REBOOT),
            EVACUATE,
            Set.of(PROVISION, "vm_resume", "vm_migrate"),
            SHUTDOWN,
            Set.of(PROVISION, REBOOT, "vm_resume", "vm_migrate", APPLY_UPDATES),
            REBOOT,
            Set.of(PROVISION, SHUTDOWN, "vm_resume", "vm_migrate", APPLY_UPDATES),
            "vm_resume",
            Set.of(EVACUATE, SHUTDOWN, REBOOT),
            "vm_migrate",
            Set.of(EVACUATE, SHUTDOWN, REBOOT),
            APPLY_UPDATES,
            Set.of(SHUTDOWN, REBOOT, "enable"));

    private static final Set<String> NEED_DISABLED = Set.of(SHUTDOWN, REBOOT, APPLY_UPDATES);

    /** These exclude each other and are refused at once; the others wait. */
    private static final Set<String> EXCLUSIVE = Set.of(
            "ha_enable",
            "ha_disable",
            "cluster_create",
            "designate_new_master",
            "configure_repositories",
            "sync_updates",
            "sync_bundle",
            APPLY_UPDATES,
            "tls_verification_enable");

    private OperationRules() {}

    /** What is refused on a host: operation, then code and parameters. What is not named is allowed. */
    static Map<String, List<String>> refusedOn(HostState host) {
        var refused = new LinkedHashMap<String, List<String>>();
        for (var operation : HOST) {
            var words = refusal(host, operation);
            if (words != null) {
                refused.put(operation, words);
            }
        }
        return refused;
    }

    private static @Nullable List<String> refusal(HostState host, String operation) {
        for (var running : host.running().entrySet()) {
            if (BLOCKED_ON_HOST.getOrDefault(running.getValue(), Set.of()).contains(operation)) {
                return List.of(OTHER, "host", host.ref(), running.getValue(), running.getKey());
            }
        }
        if (host.enabled() && NEED_DISABLED.contains(operation)) {
            return List.of("HOST_NOT_DISABLED");
        }
        if ("power_on".equals(operation)) {
            return powerOn(host);
        }
        return null;
    }

    private static @Nullable List<String> powerOn(HostState host) {
        if (host.live()) {
            return List.of("HOST_IS_LIVE", host.ref());
        }
        return host.powerOnMode().isEmpty() ? List.of("HOST_POWER_ON_MODE_DISABLED") : null;
    }

    /** What is refused on a pool: operation, then code and parameters. What is not named is allowed. */
    static Map<String, List<String>> refusedOn(PoolState pool) {
        var refused = new LinkedHashMap<String, List<String>>();
        for (var operation : POOL) {
            var words = pool.running().isEmpty() ? refusalAtRest(pool, operation) : conflict(pool, operation);
            if (words != null) {
                refused.put(operation, words);
            }
        }
        return refused;
    }

    private static List<String> conflict(PoolState pool, String operation) {
        var running = pool.running().entrySet().iterator().next();
        if (!EXCLUSIVE.contains(running.getValue())) {
            return List.of(OTHER, "pool", pool.ref(), running.getValue(), running.getKey());
        }
        return EXCLUSIVE.contains(operation)
                ? List.of(running.getValue().toUpperCase(java.util.Locale.ROOT) + "_IN_PROGRESS")
                : List.of(OTHER, "pool", pool.ref());
    }

    private static @Nullable List<String> refusalAtRest(PoolState pool, String operation) {
        return switch (operation) {
            case "ha_enable" -> pool.haEnabled() ? List.of("HA_IS_ENABLED") : null;
            case "ha_disable" -> pool.haEnabled() ? null : List.of("HA_NOT_ENABLED");
            case "cluster_create" -> {
                if (pool.rollingUpgrade()) {
                    yield List.of("NOT_SUPPORTED_DURING_UPGRADE");
                }
                yield pool.haEnabled() ? List.of("INCOMPATIBLE_CLUSTER_STACK_ACTIVE", "xhad") : null;
            }
            case "tls_verification_enable" -> {
                if (pool.haEnabled()) {
                    yield List.of("HA_IS_ENABLED");
                }
                yield pool.rollingUpgrade() ? List.of("NOT_SUPPORTED_DURING_UPGRADE") : null;
            }
            default -> null;
        };
    }

    /** Everything but what is refused. */
    static List<String> allowed(List<String> all, Map<String, List<String>> refused) {
        var allowed = new ArrayList<>(all);
        allowed.removeAll(refused.keySet());
        return allowed;
    }

    /**
     * What the rules of a host look at.
     *
     * @param running task, then operation
     */
    record HostState(String ref, boolean enabled, boolean live, String powerOnMode, Map<String, String> running) {}

    /**
     * What the rules of a pool look at.
     *
     * @param running task, then operation
     */
    record PoolState(String ref, boolean haEnabled, boolean rollingUpgrade, Map<String, String> running) {}
}
