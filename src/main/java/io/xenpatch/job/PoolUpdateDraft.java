package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link PoolUpdate}, being changed. */
final class PoolUpdateDraft {
    private final PoolUpdateId id;
    private final JobId job;
    private final String world;
    private final PoolUuid pool;
    private final String poolName;
    private final int position;
    PoolUpdateState state;
    private final UpdateChoice choice;
    private final Set<HostUuid> targets;
    private final UpdatePolicy policy;
    private final Instant createdAt;
    private final Instant latestStart;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    Wishes wishes;

    @Nullable
    String pinned;

    @Nullable
    List<UpdateUuid> settled;

    int replans;

    @Nullable
    Questions questions;

    List<PrecheckRow> prechecks;
    List<VmHome> homes;

    @Nullable
    Failure failure;

    List<HostUpdate> hosts;

    @Nullable
    List<VmRestart> vmRestarts;

    List<KeptFix> fixes;

    @Nullable
    PoolUpdateState endsAs;

    @Nullable
    Instant revertingSince;

    @Nullable
    Instant silentSince;

    @Nullable
    Instant heldUpSince;

    private final @Nullable Instant earliest;

    @Nullable
    MaintenanceWindow window;

    @Nullable
    Instant notBefore;

    @Nullable
    Instant givesUpAt;

    @Nullable
    Instant closesAt;

    PoolUpdateDraft(PoolUpdate from) {
        id = from.id();
        job = from.job();
        world = from.world();
        pool = from.pool();
        poolName = from.poolName();
        position = from.position();
        state = from.state();
        choice = from.choice();
        targets = from.targets();
        policy = from.policy();
        createdAt = from.createdAt();
        latestStart = from.latestStart();
        startedAt = from.startedAt();
        finishedAt = from.finishedAt();
        wishes = from.wishes();
        pinned = from.pinned();
        settled = from.settled();
        replans = from.replans();
        questions = from.questions();
        prechecks = from.prechecks();
        homes = from.homes();
        failure = from.failure();
        hosts = from.hosts();
        vmRestarts = from.vmRestarts();
        fixes = from.fixes();
        endsAs = from.endsAs();
        revertingSince = from.revertingSince();
        silentSince = from.silentSince();
        heldUpSince = from.heldUpSince();
        earliest = from.earliest();
        window = from.window();
        notBefore = from.notBefore();
        givesUpAt = from.givesUpAt();
        closesAt = from.closesAt();
    }

    PoolUpdate build() {
        return new PoolUpdate(
                id,
                job,
                world,
                pool,
                poolName,
                position,
                state,
                choice,
                targets,
                policy,
                createdAt,
                latestStart,
                startedAt,
                finishedAt,
                wishes,
                pinned,
                settled,
                replans,
                questions,
                prechecks,
                homes,
                failure,
                hosts,
                vmRestarts,
                fixes,
                endsAs,
                revertingSince,
                silentSince,
                heldUpSince,
                earliest,
                window,
                notBefore,
                givesUpAt,
                closesAt);
    }
}
