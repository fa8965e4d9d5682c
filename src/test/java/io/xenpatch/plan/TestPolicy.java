package io.xenpatch.plan;

import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;

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
                USUAL.acknowledged());
    }
}
