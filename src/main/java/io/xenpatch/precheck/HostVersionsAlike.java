package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Between hosts of different versions guests move in one direction only (xapi.md §8.3, §8.7). */
final class HostVersionsAlike implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        HostSnapshot coordinator = situation.coordinator();
        boolean alike = situation.pool().hosts().stream().allMatch(host -> host.compareVersion(coordinator) == 0);
        if (alike || situation.workedOn().isEmpty()) {
            return List.of();
        }
        Map<String, String> versions = new TreeMap<>();
        situation.pool().hosts().forEach(host -> versions.put(host.name(), inWords(host)));
        return List.of(Finding.of("HOST_VERSIONS_DIFFER", Severity.WARNING, situation)
                .with("versions", Map.copyOf(versions))
                .says(
                        "The hosts of pool " + situation.poolName() + " have different versions",
                        "VMs can't move from a newer host to an older one, so a host may not be able to be emptied, and VMs may not"
                                + " come back. Bring all hosts to one version: " + listed(versions) + "."));
    }

    private static String inWords(HostSnapshot host) {
        return host.versionOf("platform_version") + " (xapi " + host.versionOf("xapi_build") + ")";
    }

    private static String listed(Map<String, String> versions) {
        return String.join(
                ", ",
                versions.entrySet().stream()
                        .map(entry -> entry.getKey() + " has " + entry.getValue())
                        .toList());
    }
}
