package io.xenpatch.assessment;

import io.xenpatch.feed.UpdateFeed;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.pool.Pools;
import io.xenpatch.precheck.ActivePoolUpdate;
import io.xenpatch.precheck.Judgement;
import io.xenpatch.precheck.PrecheckLimits;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** One slice of the assessment of one pool: looks, asks a little, keeps what came back. No transaction is open during a call. */
@Component
class PoolAssessing {

    private static final Logger LOG = LoggerFactory.getLogger(PoolAssessing.class);

    private final PoolSliceStore slices;
    private final Conclusion conclusion;
    private final Pools pools;
    private final ObjectProvider<ActivePoolUpdates> active;
    private final XcpNgProperties packages;
    private final PrecheckProperties prechecks;
    private final UpdateFeed feed;
    private final InstantSource clock;

    PoolAssessing(
            PoolSliceStore slices,
            Conclusion conclusion,
            Pools pools,
            ObjectProvider<ActivePoolUpdates> active,
            XcpNgProperties packages,
            PrecheckProperties prechecks,
            UpdateFeed feed,
            InstantSource clock) {
        this.slices = slices;
        this.conclusion = conclusion;
        this.pools = pools;
        this.active = active;
        this.packages = packages;
        this.prechecks = prechecks;
        this.feed = feed;
        this.clock = clock;
    }

    /** Whether another slice is needed. */
    boolean slice(UUID assessment, PoolUuid pool) {
        Optional<PoolSlice> open = slices.open(assessment, pool);
        if (open.isEmpty()) {
            return false;
        }
        try {
            return advance(open.get());
        } catch (XapiFailure failure) {
            LOG.info("Pool {} can't be assessed: {}", pool, failure.getMessage());
            conclusion.of(open.get(), PoolReport.blocked(Unassessable.unreachable(open.get(), failure), pool.value()));
            return false;
        } catch (ProblemException gone) {
            conclusion.of(open.get(), PoolReport.blocked(Unassessable.gone(open.get(), gone), pool.value()));
            return false;
        }
    }

    private boolean advance(PoolSlice slice) {
        XapiPool connection = pools.connection(slice.pool());
        UpdateChoice choice = UpdateRequests.choice(slice.request());
        UpdatePolicy policy = Policies.of(slice.request());
        LatestImages latest = new LatestImages(feed.current(), Optional.empty());
        PoolSnapshot snapshot = slice.snapshot();
        Questions questions = slice.questions();
        Instant observedAt = Objects.requireNonNullElseGet(slice.observedAt(), clock::instant);
        if (snapshot == null || questions == null) {
            snapshot = connection.pool().observe();
            Optional<UpdateUuid> gone = choice.image().filter(missingIn(snapshot));
            if (gone.isPresent()) {
                conclusion.of(
                        slice,
                        PoolReport.blocked(
                                Unassessable.updateGone(slice, gone.get()),
                                slice.pool().value()));
                return false;
            }
            questions = Questions.begin(snapshot, choice, slice.hosts(), latest, policy, clock.instant());
            slices.observed(slice, observedAt, snapshot, questions);
        }
        Questions next = questions.step(connection, snapshot, packages.asking(), latest, clock);
        if (!next.isComplete()) {
            slices.asked(slice, next);
            return true;
        }
        conclusion.of(
                slice,
                report(
                        snapshot,
                        choice,
                        slice.hosts(),
                        next.answers(),
                        latest,
                        policy,
                        observedAt,
                        holder(slice.pool()),
                        prechecks.limits()));
        return false;
    }

    /** What an assessment says of a pool, from what was seen and answered. */
    static PoolReport report(
            PoolSnapshot pool,
            UpdateChoice choice,
            Set<HostUuid> hosts,
            ServerAnswers answers,
            LatestImages latest,
            UpdatePolicy policy,
            Instant observedAt,
            @Nullable ActivePoolUpdate holder,
            PrecheckLimits limits) {
        return PoolReport.of(
                pool, Judgement.of(pool, choice, hosts, answers, latest, policy, observedAt, holder, limits));
    }

    private @Nullable ActivePoolUpdate holder(PoolUuid pool) {
        ActivePoolUpdates jobs = active.getIfAvailable();
        return jobs == null ? null : jobs.of(pool).orElse(null);
    }

    private static Predicate<UpdateUuid> missingIn(PoolSnapshot pool) {
        return uuid -> pool.update(uuid).isEmpty();
    }
}
