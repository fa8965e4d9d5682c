package io.xenpatch.plan;

import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import java.util.Set;

/** Policies that differ from the usual ones in little. */
public final class TestPolicy {
    private static final UpdatePolicy USUAL = UpdatePolicy.defaults();

    private TestPolicy() {}

    public static UpdatePolicy of(Mode mode) {
        return of(mode, USUAL.livePatching(), USUAL.onLivePatchFailure());
    }

    public static UpdatePolicy of(OnLivePatchFailure failure) {
        return of(USUAL.mode(), USUAL.livePatching(), failure);
    }

    public static UpdatePolicy of(Mode mode, LivePatching live, OnLivePatchFailure failure) {
        return of(mode, live, failure, USUAL.acknowledged());
    }

    public static UpdatePolicy acknowledging(String... codes) {
        return of(USUAL.mode(), USUAL.livePatching(), USUAL.onLivePatchFailure(), Set.of(codes));
    }

    private static UpdatePolicy of(Mode mode, LivePatching live, OnLivePatchFailure failure, Set<String> acknowledged) {
        return new UpdatePolicy(
                mode,
                live,
                failure,
                USUAL.onBlocker(),
                USUAL.onMaintenance(),
                USUAL.guidanceLevels(),
                USUAL.vmPlacementAfter(),
                USUAL.fixes(),
                USUAL.leaveDisabled(),
                USUAL.onUpdatesChanged(),
                USUAL.vmRestarts(),
                acknowledged);
    }
}
