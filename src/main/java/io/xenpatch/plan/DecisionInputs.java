package io.xenpatch.plan;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import java.util.List;
import java.util.Set;

/**
 * All that a decision is made from; kept with it in the history, so that it can be made again.
 *
 * @param guidance what the update asks for; empty when the host has it already
 * @param livePatch what the server says of the live patch on this host (R2)
 * @param pending what earlier updates left on this host (R9)
 * @param guests the guests running on the host
 */
public record DecisionInputs(
        HostUuid hostUuid,
        Set<Guidance> guidance,
        LivePatchStatus livePatch,
        PoolLivePatching pool,
        List<PendingGuidance> pending,
        List<Guest> guests,
        Policy policy) {

    public DecisionInputs {
        guidance = Set.copyOf(guidance);
        pending = List.copyOf(pending);
        guests = List.copyOf(guests);
    }

    /**
     * What the pool allows.
     *
     * @param enabled not {@code pool.live_patching_disabled}
     * @param licensed {@code restrict_live_patching} is exactly "false" on every live host (R3)
     */
    public record PoolLivePatching(boolean enabled, boolean licensed) {}

    /**
     * What the job asks for.
     *
     * @param guidanceLevels the levels carried out; MANDATORY always is, named or not (P5.1)
     */
    public record Policy(LivePatching livePatching, Set<GuidanceLevel> guidanceLevels) {

        public Policy {
            guidanceLevels = Set.copyOf(guidanceLevels);
        }

        boolean carriesOut(GuidanceLevel level) {
            return level == GuidanceLevel.MANDATORY || guidanceLevels.contains(level);
        }
    }
}
