package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.repository.HostUpdates;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has of its repository: the mirror on the coordinator's disk, in its memory what each host lacks, and on each host its
 * packages.
 */
final class PoolUpdates {
    private final PoolScenario spec;
    private final Map<String, HostPackages> packages = new HashMap<>();
    private final Map<String, HostUpdates> remembered = new HashMap<>();
    private @Nullable Mirror mirror;
    private int changes;

    PoolUpdates(PoolScenario spec) {
        this.spec = spec;
    }

    HostPackages packages(Machine machine) {
        return packages.computeIfAbsent(
                machine.ref(),
                ref -> new HostPackages(spec.repositories().stream()
                        .map(repository -> repository.host(machine.index()))
                        .toList()));
    }

    /** What {@code software_version} of a host says of what was installed here. */
    Map<String, String> software(Machine machine) {
        return spec.repositories().isEmpty() ? Map.of() : packages(machine).software();
    }

    void booted(Machine machine) {
        if (!spec.repositories().isEmpty()) {
            packages(machine).booted();
        }
    }

    Optional<Mirror> mirror() {
        return Optional.ofNullable(mirror);
    }

    /** A repository was mirrored: what was known of hosts is no longer true. */
    void mirrored(Mirror newMirror) {
        mirror = newMirror;
        remembered.clear();
    }

    void dropMirror() {
        mirror = null;
        remembered.clear();
    }

    /** The memory of the coordinator is lost. */
    void coordinatorStopped() {
        remembered.clear();
    }

    /** What a host lacks, if the coordinator knows. */
    Optional<HostUpdates> remembered(Machine machine) {
        return Optional.ofNullable(remembered.get(machine.ref()));
    }

    void remember(Machine machine, HostUpdates updates) {
        remembered.put(machine.ref(), updates);
    }

    /** What a host lacks, as it would tell if it were asked now. */
    HostUpdates ask(Machine machine) {
        return mirror().map(
                        from -> HostUpdates.of(from.info(), packages(machine).listing(from), from.repository()))
                .orElse(HostUpdates.NOTHING);
    }

    /** The repository publishes something. */
    void publish() {
        changes++;
    }

    /** How often it has published something since the simulation began. */
    int changes() {
        return changes;
    }
}
