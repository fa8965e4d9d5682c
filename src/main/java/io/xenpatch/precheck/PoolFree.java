package io.xenpatch.precheck;

import java.util.List;

/** One job at a time drives a pool (P5.2). */
final class PoolFree implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        ActivePoolUpdate active = situation.active();
        if (active == null) {
            return List.of();
        }
        return List.of(Finding.of("POOL_BUSY", Severity.BLOCKING, situation)
                .with("jobId", active.jobId())
                .with("jobName", active.jobName())
                .says(
                        "Pool " + situation.poolName() + " is held by update job " + active.jobName(),
                        "Two jobs never drive one pool. Wait until that job is finished, or cancel it."));
    }
}
