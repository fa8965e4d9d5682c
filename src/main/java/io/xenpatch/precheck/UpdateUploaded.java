package io.xenpatch.precheck;

import java.util.List;

/** The image must still be in the pool, or it can't be applied (xapi.md §6.3). */
final class UpdateUploaded implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (situation.update().uploaded() || situation.applying().isEmpty()) {
            return List.of();
        }
        String update = situation.update().name();
        return List.of(Finding.of("UPDATE_NOT_UPLOADED", Severity.BLOCKING, situation)
                .with("update", update)
                .with("updateUuid", situation.update().uuid().value())
                .says(
                        "The image of update " + update + " is no longer in pool " + situation.poolName(),
                        "The pool knows the update but its image was cleaned away. Upload the update again."));
    }
}
