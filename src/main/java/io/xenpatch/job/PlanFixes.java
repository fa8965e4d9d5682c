package io.xenpatch.job;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.PlannedFix.Moment;
import io.xenpatch.precheck.Judgement;
import java.util.List;
import java.util.stream.Stream;

/** Which of the fixes that a judgement names a pool update takes up, and when (R35). */
final class PlanFixes {

    private PlanFixes() {}

    /** Whether it is made before the pool is planned. */
    static boolean precedesPlan(KeptFix fix) {
        return fix.planned().moment() == Moment.BEFORE_PLAN;
    }

    /** Whether it is made before the next host begins. */
    static boolean precedesHost(KeptFix fix) {
        return fix.planned().moment() != Moment.BEFORE_EVACUATION;
    }

    /** With what must be made before the pool can be planned. */
    static PoolUpdate forPlan(PoolUpdate pool, Judgement judgement) {
        return planning(pool, judgement.fixes().stream().filter(fix -> fix.moment() == Moment.BEFORE_PLAN));
    }

    /**
     * With what a host needs before it begins, and what spares trouble before it is emptied. What lets its guests leave is found out when
     * that is asked, directly before. Nothing is fetched between two hosts, because all get the same (R15).
     */
    static PoolUpdate forHost(PoolUpdate pool, Judgement judgement) {
        return planning(
                pool,
                judgement.fixes().stream()
                        .filter(fix -> fix.code() != FixCode.SYNC_UPDATES)
                        .filter(fix -> fix.moment() != Moment.BEFORE_EVACUATION || !fix.needed()));
    }

    private static PoolUpdate planning(PoolUpdate pool, Stream<PlannedFix> fixes) {
        return fixes.reduce(pool, HostFixes::planning, (one, other) -> other);
    }

    /** Those that the work can't do without and that were made already: they failed, or somebody undid them. */
    static List<KeptFix> inVain(PoolUpdate pool, Judgement judgement) {
        return judgement.fixes().stream()
                .filter(fix -> fix.needed() && HostFixes.isUsedUp(pool, fix))
                .flatMap(fix -> pool.fix(fix).stream())
                .toList();
    }
}
