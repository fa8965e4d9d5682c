package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.repository.LivePatchComponent;
import io.xenpatch.simulator.repository.RepositoryLivePatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a host says it runs: changes with live patches at once, with updates when the toolstack or the host starts. */
final class SoftwareVersion {
    private static final String FIELD = "software_version";
    private static final String LIVE_PATCHES = "xen_livepatches";
    private static final Map<LivePatchComponent, String> BY_COMPONENT =
            Map.of(LivePatchComponent.XEN, LIVE_PATCHES, LivePatchComponent.KERNEL, "kernel_livepatches");
    private static final String ROLLING = "rolling_upgrade_in_progress";
    private static final List<String> NEEDS_BOOT = List.of("xen", "linux");

    private final World world;

    SoftwareVersion(World world) {
        this.world = world;
    }

    void livePatched(Machine machine, Row update) {
        var loaded = machine.host().map(FIELD).getOrDefault(LIVE_PATCHES, "");
        var name = "lp_" + update.text("name_label");
        world.db().put(machine.host(), FIELD, LIVE_PATCHES, loaded.isEmpty() ? name : loaded + ", " + name);
    }

    /** Says which live patch is loaded; the one before it is no longer. */
    void livePatched(Machine machine, RepositoryLivePatch patch) {
        var name = "lp_" + patch.baseVersion() + "-" + patch.baseRelease() + "-" + patch.toVersion() + "-"
                + patch.toRelease();
        world.db().put(machine.host(), FIELD, Objects.requireNonNull(BY_COMPONENT.get(patch.component())), name);
    }

    void afterBoot(Machine machine) {
        var version = new LinkedHashMap<>(machine.host().map(FIELD));
        BY_COMPONENT.values().forEach(version::remove);
        version.putAll(installed(machine));
        world.db().set(machine.host(), FIELD, version);
        noteRollingUpgrade();
    }

    void afterToolstackStart(Machine machine) {
        var version = new LinkedHashMap<>(machine.host().map(FIELD));
        var installed = installed(machine);
        NEEDS_BOOT.forEach(installed::remove);
        version.putAll(installed);
        world.db().set(machine.host(), FIELD, version);
        noteRollingUpgrade();
    }

    /** The coordinator says so in the pool as long as any host runs another version than it. */
    private void noteRollingUpgrade() {
        var ours = key(world.machines().coordinator());
        var differs = world.machines().all().stream()
                .anyMatch(machine -> !key(machine).equals(ours));
        if (differs) {
            world.db().put(world.pool(), "other_config", ROLLING, "true");
        } else {
            world.db().remove(world.pool(), "other_config", ROLLING);
        }
    }

    /** What must be equal for two hosts to count as having the same version. */
    static String key(Machine machine) {
        var version = machine.host().map(FIELD);
        return version.get("platform_version") + " " + version.get("xapi");
    }

    private Map<String, String> installed(Machine machine) {
        var installed = new LinkedHashMap<String, String>();
        for (var ref : machine.host().list("updates")) {
            var update = world.db().get("pool_update", ref);
            UpdateBehaviour.of(world, update).ifPresent(wanted -> installed.putAll(wanted.software()));
        }
        installed.putAll(world.updates().software(machine));
        installed.putAll(world.packages().software(machine));
        return installed;
    }
}
