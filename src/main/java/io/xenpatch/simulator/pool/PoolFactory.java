package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.HostScenario;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Datamodel;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the database of a pool from its scenario. */
final class PoolFactory {
    /** Memory of a control domain. */
    static final long DOM0_MEMORY = 4L << 30;
    /** Memory that Xen keeps for itself. */
    static final long HOST_OVERHEAD = 512L << 20;

    static final Duration UP_FOR = Duration.ofDays(30);

    private final PoolScenario spec;
    private final Database db;
    private final Instant now;
    private final String name;

    private PoolFactory(PoolScenario spec, Instant now) {
        this.spec = spec;
        this.now = now;
        this.name = spec.name();
        this.db = new Database(Datamodel.of(spec.profile()), Identity.seed(name));
    }

    static Made make(PoolScenario spec, Instant now) {
        var made = spec.records().isEmpty() ? new PoolFactory(spec, now).make() : new RecordedPool(spec).make();
        made.machines().all().stream()
                .filter(machine -> spec.host(machine.index()).isUnreachable())
                .forEach(Machine::stop);
        return made;
    }

    private Made make() {
        var pool = db.create("pool", Identity.uuid(name, "pool"));
        var machines = new ArrayList<Machine>();
        for (int i = 0; i < spec.hosts(); i++) {
            machines.add(machine(i));
        }
        var storage = new StorageFactory(db, spec, machines);
        storage.make();
        fillPool(pool, machines.get(0), storage.shared());
        new NetworkFactory(db, name, machines).make();
        var guests = new GuestFactory(db, spec, machines, storage, now);
        guests.make();
        machines.forEach(machine -> memory(machine, guests));
        new UpdateFactory(db, spec, machines, storage, now).make();
        new RepositoryFactory(db, name).make(spec.repositories());
        if (spec.isClustered()) {
            new ClusterFactory(db, spec, machines).make();
        }
        spec.fields().forEach((field, value) -> db.set(pool, field, value));
        return new Made(db, new Machines(machines));
    }

    private void fillPool(Row pool, Machine coordinator, Row sharedStorage) {
        db.set(pool, "name_label", spec.isStandalone() ? "" : name);
        db.set(pool, "master", coordinator.ref());
        db.set(pool, "default_SR", sharedStorage.ref());
        db.set(pool, "live_patching_disabled", spec.isLivePatchingDisabled());
        db.set(pool, "wlb_enabled", spec.isWlbEnabled());
        db.set(pool, "wlb_url", spec.isWlbEnabled() ? "wlb.example:8012" : "");
        db.set(pool, "ha_enabled", spec.isHaEnabled());
        if (spec.isHaEnabled()) {
            db.set(pool, "ha_host_failures_to_tolerate", (long) spec.haFailuresToTolerate());
            db.set(pool, "ha_plan_exists_for", (long) spec.haFailuresToTolerate());
            db.set(
                    pool,
                    "ha_statefiles",
                    List.of(StorageFactory.statefile(db, sharedStorage).ref()));
            db.set(pool, "ha_cluster_stack", "xhad");
        }
        var restrictions = new LinkedHashMap<>(licence(spec.isLicensed()));
        restrictions.put(Repositories.RESTRICTED, String.valueOf(spec.areUpdatesRestricted()));
        db.set(pool, "restrictions", restrictions);
        var config = new LinkedHashMap<>(spec.otherConfig());
        if (spec.isAutoPoweron()) {
            config.put("auto_poweron", "true");
        }
        db.set(pool, "other_config", config);
    }

    private static Map<String, String> licence(boolean livePatching) {
        return Map.of(
                "restrict_live_patching", String.valueOf(!livePatching),
                "restrict_hotfix_apply", "false",
                "restrict_ha_floating", "false",
                "restrict_wlb", "false",
                "restrict_pool_size", "false");
    }

    private Machine machine(int index) {
        var settings = spec.host(index);
        var metrics = db.create("host_metrics", Identity.uuid(name, "metrics/" + index));
        db.set(metrics, "live", true);
        db.set(metrics, "last_updated", XapiTime.print(now));
        var host = db.create("host", Identity.uuid(name, "host/" + index));
        var hostname = name + "-host-" + (index + 1);
        db.set(host, "name_label", hostname);
        db.set(host, "hostname", hostname);
        db.set(host, "address", HostAddress.of(index));
        db.set(host, "metrics", metrics.ref());
        db.set(host, "enabled", !settings.isDisabled());
        db.set(host, "API_version_major", 2L);
        db.set(host, "API_version_minor", spec.profile().apiVersionMinor());
        db.set(host, "memory_overhead", HOST_OVERHEAD);
        db.set(host, "edition", spec.isLicensed() ? "enterprise-per-socket" : "free");
        db.set(host, "sched_policy", "credit");
        db.set(host, "cpu_info", Map.of("cpu_count", "16", "socket_count", "2", "vendor", "GenuineIntel"));
        db.set(host, "other_config", hostConfig(settings));
        db.set(host, "software_version", software(settings, hostname));
        var licence = new LinkedHashMap<>(licence(settings.isLicensed().orElse(spec.isLicensed())));
        licence.put("expiry", "20360101T00:00:00Z");
        db.set(host, "license_params", licence);
        settings.fields().forEach((field, value) -> db.set(host, field, value));
        settings.certificateEnds().ifPresent(later -> certificate(index, host, now.plus(later)));
        var machine = new Machine(index, host, metrics);
        machine.enablesItself(!settings.isDisabledUntilEnabled());
        return machine;
    }

    private void certificate(int index, Row host, Instant end) {
        var certificate = db.create("Certificate", Identity.uuid(name, "certificate/" + index));
        db.set(certificate, "host", host.ref());
        db.set(certificate, "not_after", XapiTime.print(end));
    }

    private Map<String, String> hostConfig(HostScenario settings) {
        var config = new LinkedHashMap<>(settings.otherConfig());
        config.putIfAbsent("boot_time", XapiTime.printSeconds(now.minus(UP_FOR)));
        config.putIfAbsent(
                "agent_start_time", XapiTime.printSeconds(now.minus(UP_FOR).plusSeconds(90)));
        return config;
    }

    private Map<String, String> software(HostScenario settings, String hostname) {
        var version = new LinkedHashMap<>(spec.profile().softwareVersion(hostname));
        version.putAll(settings.software());
        return version;
    }

    private void memory(Machine machine, GuestFactory guests) {
        var wanted = spec.host(machine.index()).memory();
        var needed = DOM0_MEMORY
                + HOST_OVERHEAD
                + guests.load(machine.index())
                + guests.heaviestLoad()
                + 2 * VmScenario.USUAL_MEMORY;
        db.set(machine.metrics(), "memory_total", wanted > 0 ? wanted : needed);
    }

    /** A database and the machines that its host rows describe. */
    record Made(Database db, Machines machines) {}
}
