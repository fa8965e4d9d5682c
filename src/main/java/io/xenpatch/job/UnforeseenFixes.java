package io.xenpatch.job;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.xen.PoolSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Fixes of the whole pool that nobody planned, because that a host leaves the pool turned out only when a live patch had failed, or when an
 * update of a sequence was decided on again (R34).
 */
final class UnforeseenFixes {

    private UnforeseenFixes() {}

    /** Those that are allowed, and of which the pool shows that they are not made; none while the pool does not answer. */
    static List<PlannedFix> of(PoolUpdate pool, HostUpdate host, HostLook look) {
        PoolSnapshot seen = look.pool();
        if (seen == null) {
            return List.of();
        }
        List<PlannedFix> fixes = new ArrayList<>();
        if (seen.haEnabled() && haCanComeBack(pool, host, seen)) {
            fixes.add(fix(FixCode.HA_OFF, pool, true));
        }
        if (seen.wlbEnabled()) {
            fixes.add(fix(FixCode.WLB_OFF, pool, true));
        }
        if (seen.startsGuests()) {
            fixes.add(fix(FixCode.AUTO_START_OFF, pool, false));
        }
        fixes.removeIf(fix -> !pool.policy().mayFix(fix.code()) || HostFixes.isUsedUp(pool, fix));
        return fixes;
    }

    private static PlannedFix fix(FixCode code, PoolUpdate pool, boolean needed) {
        return new PlannedFix(code, pool.pool().value(), pool.poolName(), null, needed);
    }

    /** R34: it could not be turned on again while any host is out of service. */
    private static boolean haCanComeBack(PoolUpdate pool, HostUpdate host, PoolSnapshot seen) {
        return !host.endsDisabled()
                && !pool.policy().leavesHostsDisabled()
                && seen.hosts().stream().allMatch(seen.ha()::isSeenBy)
                && seen.hosts().stream()
                        .filter(other -> !other.uuid().equals(host.host()))
                        .allMatch(other -> other.live() && !other.inMaintenance());
    }
}
