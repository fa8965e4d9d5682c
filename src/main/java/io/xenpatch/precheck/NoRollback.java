package io.xenpatch.precheck;

import java.util.List;

/** Said in every assessment that would apply something (R39). */
final class NoRollback implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (situation.applying().isEmpty()) {
            return List.of();
        }
        return List.of(Finding.of("NO_ROLLBACK", Severity.INFO, situation)
                .says(
                        "An applied update can't be taken back",
                        "Nothing after the apply can be undone. Until a host's apply starts, a job can be cancelled: hosts that "
                                + "it disabled are enabled and VMs that it moved go home."));
    }
}
