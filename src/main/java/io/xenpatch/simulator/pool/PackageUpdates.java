package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PackageScenario;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.repository.RpmPackage;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What XCP-ng's mirrors offer and what each host has of it. The database knows nothing of it. */
final class PackageUpdates {
    private final PoolScenario spec;
    private final Map<String, Map<String, RpmPackage>> installed = new HashMap<>();
    private boolean published;

    PackageUpdates(PoolScenario spec) {
        this.spec = spec;
    }

    /** What the mirrors have for a host that it lacks. */
    List<PackageScenario> missingOn(Machine machine) {
        var has = of(machine);
        return offered().stream()
                .filter(offer -> offer.rpm()
                        .evr()
                        .isNewerThan(Objects.requireNonNull(has.get(offer.rpm().nameArch()))
                                .evr()))
                .toList();
    }

    /** The newest of each package. */
    private Collection<PackageScenario> offered() {
        return spec.packages().stream()
                .filter(offer -> published || !offer.isLater())
                .collect(Collectors.toMap(
                        offer -> offer.rpm().nameArch(),
                        offer -> offer,
                        (one, other) -> one.rpm().evr().isNewerThan(other.rpm().evr()) ? one : other,
                        LinkedHashMap::new))
                .values();
    }

    private Map<String, RpmPackage> of(Machine machine) {
        return installed.computeIfAbsent(machine.ref(), ref -> {
            var has = new LinkedHashMap<String, RpmPackage>();
            spec.packages().forEach(offer -> {
                var own = offer.installedAt(machine.index());
                has.merge(own.nameArch(), own, (one, other) -> one.evr().isNewerThan(other.evr()) ? other : one);
            });
            return has;
        });
    }

    /**
     * Installs what is missing.
     *
     * @param only names of packages; empty = everything
     * @return what was installed
     */
    List<PackageScenario> install(Machine machine, Set<String> only) {
        var chosen = missingOn(machine).stream()
                .filter(offer -> only.isEmpty() || only.contains(offer.rpm().name()))
                .toList();
        chosen.forEach(offer -> of(machine).put(offer.rpm().nameArch(), offer.rpm()));
        return chosen;
    }

    /** What {@code software_version} says once everything that is installed runs. */
    Map<String, String> software(Machine machine) {
        var software = new LinkedHashMap<String, String>();
        spec.packages().stream()
                .filter(offer -> offer.rpm().equals(of(machine).get(offer.rpm().nameArch())))
                .forEach(offer -> software.putAll(offer.software()));
        return software;
    }

    /** The mirrors have what was to come later. */
    void publish() {
        published = true;
    }
}
