package io.xenpatch.assessment;

import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.precheck.PrecheckLimits;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/** An assessment for tests of other rooms: what is asked and how it is judged is the service's; only its store is left out. */
public final class TestAssessment {
    private static final Duration PACE = Duration.ofMillis(300);

    private TestAssessment() {}

    /** As {@link #of(XapiPool, UpdateChoice, Set, LatestImages, UpdatePolicy, InstantSource, Consumer)}, without a feed. */
    public static PoolReport of(
            XapiPool pool,
            UpdateChoice choice,
            Set<HostUuid> targets,
            UpdatePolicy policy,
            InstantSource clock,
            Consumer<Instant> waiting) {
        return of(pool, choice, targets, LatestImages.OF_THE_POOL, policy, clock, waiting);
    }

    /** @param waiting is told until when nothing is asked */
    public static PoolReport of(
            XapiPool pool,
            UpdateChoice choice,
            Set<HostUuid> targets,
            LatestImages latest,
            UpdatePolicy policy,
            InstantSource clock,
            Consumer<Instant> waiting) {
        Instant begun = clock.instant();
        PoolSnapshot seen = pool.pool().observe();
        Questions questions = Questions.begin(seen, choice, targets, latest, policy, begun);
        while (!questions.isComplete()) {
            questions = questions.step(pool, seen, PackageAsking.DEFAULTS, latest, clock);
            waiting.accept(clock.instant().plus(PACE));
        }
        return PoolAssessing.report(
                seen, choice, targets, questions.answers(), latest, policy, begun, null, PrecheckLimits.DEFAULTS);
    }
}
