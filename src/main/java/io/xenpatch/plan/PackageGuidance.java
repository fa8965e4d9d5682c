package io.xenpatch.plan;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.OwedRestart;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What installing the packages that an XCP-ng host lacks leaves to do there (R12).
 *
 * @param packages their names, by what each of them needs
 * @param known whether the host has said what it lacks; if not, a reboot is reckoned with
 */
public record PackageGuidance(Map<OwedRestart, List<String>> packages, boolean known) {

    /** Of a host that has everything, or that nothing is applied to. */
    public static final PackageGuidance NOTHING = of(Map.of());

    /** Of a host that was not asked, or has not answered: a precheck blocks. */
    public static final PackageGuidance UNKNOWN = new PackageGuidance(Map.of(), false);

    public PackageGuidance {
        packages = Map.copyOf(packages);
    }

    /** @param packages as {@link PackageRules#sort} sorts them */
    public static PackageGuidance of(Map<OwedRestart, List<String>> packages) {
        return new PackageGuidance(packages, true);
    }

    /** Whether {@code updater.py} is to be called. */
    boolean applies() {
        return !known || !packages.isEmpty();
    }

    /** Names of those that need exactly this, sorted. */
    public List<String> needing(OwedRestart restart) {
        return packages.getOrDefault(restart, List.of());
    }

    /** Less the packages that the other names. */
    PackageGuidance without(PackageGuidance other) {
        Map<OwedRestart, List<String>> left = new EnumMap<>(OwedRestart.class);
        packages.forEach((restart, names) -> {
            List<String> own = names.stream()
                    .filter(name -> !other.needing(restart).contains(name))
                    .toList();
            if (!own.isEmpty()) {
                left.put(restart, own);
            }
        });
        return new PackageGuidance(left, known);
    }

    /** In the words of the other channels. */
    Set<Guidance> guidance() {
        if (!known || !needing(OwedRestart.REBOOT_HOST).isEmpty()) {
            return Set.of(Guidance.REBOOT_HOST);
        }
        return needing(OwedRestart.RESTART_TOOLSTACK).isEmpty() ? Set.of() : Set.of(Guidance.RESTART_TOOLSTACK);
    }
}
