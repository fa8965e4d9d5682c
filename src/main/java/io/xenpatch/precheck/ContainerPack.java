package io.xenpatch.precheck;

import io.xenpatch.xen.UpdateInfo;
import java.util.List;
import java.util.Locale;

/** From 8.2 on there is no supplemental pack for containers (xencenter.md §4.2). */
final class ContainerPack implements Precheck {
    private static final String PACK = "xscontainer";

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<String> packs = situation.pool().updates().stream()
                .filter(update ->
                        update.name().toLowerCase(Locale.ROOT).startsWith(PACK) && isApplied(situation, update))
                .map(UpdateInfo::name)
                .toList();
        return packs.isEmpty() || !situation.reaches("8.2") ? List.of() : List.of(row(situation, packs));
    }

    private static boolean isApplied(Situation situation, UpdateInfo update) {
        return situation.pool().hosts().stream()
                .anyMatch(host -> !situation.pool().lacks(host, update.uuid()));
    }

    private static PrecheckRow row(Situation situation, List<String> packs) {
        return Finding.of("CONTAINER_PACK_INSTALLED", Severity.WARNING, situation)
                .with("packs", packs)
                .forAPerson()
                .says(
                        "Pool " + situation.poolName() + " has the supplemental pack for containers",
                        "The new version does not support it: containers are no longer managed after the update. VMs that run"
                                + " containers go on running.");
    }
}
