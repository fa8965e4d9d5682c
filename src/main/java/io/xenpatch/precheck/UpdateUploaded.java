package io.xenpatch.precheck;

import io.xenpatch.xen.UpdateInfo;
import java.util.List;

/** The image must still be in the pool, or it can't be applied (xapi.md §6.3). */
final class UpdateUploaded implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.applying().isEmpty()
                ? List.of()
                : situation.image().filter(update -> !update.uploaded()).stream()
                        .map(update -> row(situation, update))
                        .toList();
    }

    private static PrecheckRow row(Situation situation, UpdateInfo image) {
        String update = image.name();
        return Finding.of("UPDATE_NOT_UPLOADED", Severity.BLOCKING, situation)
                .with("update", update)
                .with("updateUuid", image.uuid().value())
                .says(
                        "The image of update " + update + " is no longer in pool " + situation.poolName(),
                        "The pool knows the update but its image was cleaned away. Upload the update again.");
    }
}
