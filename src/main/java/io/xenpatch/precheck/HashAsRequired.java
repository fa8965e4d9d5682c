package io.xenpatch.precheck;

import java.util.List;

/** Promotion: what the test pool received is what this pool must have on offer (R36). */
final class HashAsRequired implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (!situation.isFromRepository()) {
            return List.of();
        }
        String offered = situation.offered().map(updates -> updates.hash()).orElse("");
        return situation.plan().choice().requiredHash().filter(hash -> !hash.equals(offered)).stream()
                .map(hash -> Finding.of("PROMOTION_HASH_DIFFERS", Severity.BLOCKING, situation)
                        .with("required", hash)
                        .with("offered", offered)
                        .says(
                                "The repository of pool " + situation.poolName()
                                        + " is not in the state that was asked for",
                                "Asked for: " + hash + "; on offer: " + (offered.isEmpty() ? "unknown" : offered)
                                        + ". A job never synchronises to reach a state. Let the pool's mirror offer it, "
                                        + "synchronise, and assess again."))
                .toList();
    }
}
