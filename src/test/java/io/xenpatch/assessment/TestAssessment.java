package io.xenpatch.assessment;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
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

    /** @param waiting is told until when nothing is asked */
    public static PoolReport of(
            XapiPool pool,
            UpdateChoice choice,
            Set<HostUuid> targets,
            UpdatePolicy policy,
            InstantSource clock,
            Consumer<Instant> waiting) {
        Instant begun = clock.instant();
        PoolSnapshot seen = pool.pool().observe();
        Questions questions = Questions.begin(seen, choice, targets, policy, begun);
        while (!questions.isComplete()) {
            questions = questions.step(pool, seen, PackageAsking.DEFAULTS, clock.instant());
            waiting.accept(clock.instant().plus(PACE));
        }
        return PoolAssessing.report(seen, choice, targets, questions.answers(), policy, begun, null);
    }
}
