package io.xenpatch.precheck;

import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.ServerAnswers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules judge.
 *
 * @param observedAt when the snapshot was taken
 * @param active the job that holds the pool now, other than the one that is judged; null when there is none
 */
public record Situation(
        PoolSnapshot pool,
        ServerAnswers answers,
        PoolPlan plan,
        UpdatePolicy policy,
        Instant observedAt,
        @Nullable ActivePoolUpdate active) {}
