package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdateContent;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One job on one pool with all that is kept of it: the unit that is executed and owned.
 *
 * @param world {@code real}, or {@code rehearsal:<id>}
 * @param position from 0, in the order of the job's targets
 * @param targets the chosen hosts; empty = all
 * @param latestStart when a pool that is still busy is given up (P5.2)
 * @param cancelRequested set from outside at any time, never unset; not written by {@link JobStore#save}
 * @param pinned the state of the repository that the pool's hosts get, by its hash (R15); null until the first of them starts, and
 *     on other channels
 * @param settled the update images that the pool's hosts get, in order, where the request says {@code latest} (R11); null until the
 *     pool was judged, and on other channels
 * @param replans how often it was planned again because its repository offered something else (R15)
 * @param questions what the pool is being asked before it is judged; null before and after
 * @param prechecks the rows of the judgement; empty before
 * @param homes empty before the first step
 * @param hosts in the order of the work; empty before the plan is made
 * @param vmRestarts what is done for VMs after the hosts (R10); null until the hosts are finished
 * @param fixes what was to be changed for the time of the work (R35), in the order in which it was found necessary
 * @param endsAs how it ends as soon as its fixes are taken back; null before
 * @param revertingSince when it began to take them back; null before
 * @param silentSince since when its pool could not be read between steps; null while it answers
 * @param heldUpSince since when the next host does not start because of what passes by itself; null while it may
 */
record PoolUpdate(
        PoolUpdateId id,
        JobId job,
        String world,
        PoolUuid pool,
        String poolName,
        int position,
        PoolUpdateState state,
        UpdateChoice choice,
        Set<HostUuid> targets,
        UpdatePolicy policy,
        Instant createdAt,
        Instant latestStart,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        boolean cancelRequested,
        @Nullable String pinned,
        @Nullable List<UpdateUuid> settled,
        int replans,
        @Nullable Questions questions,
        List<PrecheckRow> prechecks,
        List<VmHome> homes,
        @Nullable Failure failure,
        List<HostUpdate> hosts,
        @Nullable List<VmRestart> vmRestarts,
        List<KeptFix> fixes,
        @Nullable PoolUpdateState endsAs,
        @Nullable Instant revertingSince,
        @Nullable Instant silentSince,
        @Nullable Instant heldUpSince) {

    static final String REAL = "real";

    PoolUpdate {
        targets = Set.copyOf(targets);
        prechecks = List.copyOf(prechecks);
        homes = List.copyOf(homes);
        hosts = List.copyOf(hosts);
        settled = settled == null ? null : List.copyOf(settled);
        vmRestarts = vmRestarts == null ? null : List.copyOf(vmRestarts);
        // what an earlier version kept has none
        fixes = fixes == null ? List.of() : List.copyOf(fixes);
    }

    /** The fix that changed, or that is to be made: in the place of the one that was for the same and was taken back. */
    PoolUpdate with(KeptFix changed) {
        return fixing(KeptFixes.with(fixes, changed));
    }

    PoolUpdate fixing(List<KeptFix> all) {
        return with(draft -> draft.fixes = all);
    }

    /** The fix of the same thing, if there is or was one. */
    Optional<KeptFix> fix(PlannedFix planned) {
        return fixes.stream().filter(each -> each.planned().isSameAs(planned)).findFirst();
    }

    /** Its work is over; what it changed for the time of the work is taken back before it ends. */
    PoolUpdate reverting(PoolUpdateState end, @Nullable Failure why, Instant now) {
        PoolUpdate moved = in(PoolUpdateState.REVERTING);
        return moved.with(draft -> {
            draft.endsAs = end;
            draft.revertingSince = now;
            draft.failure = why;
        });
    }

    /** @param since null = it answers */
    PoolUpdate silent(@Nullable Instant since) {
        return with(draft -> draft.silentSince = since);
    }

    /** @param since null = the next host may start, or never will */
    PoolUpdate heldUp(@Nullable Instant since) {
        return with(draft -> draft.heldUpSince = since);
    }

    PoolUpdate pinnedTo(@Nullable String hash) {
        return with(draft -> draft.pinned = hash);
    }

    PoolUpdate settledOn(@Nullable List<UpdateUuid> updates) {
        return with(draft -> draft.settled = updates);
    }

    PoolUpdate restarting(List<VmRestart> vms) {
        return with(draft -> draft.vmRestarts = vms);
    }

    PoolUpdate with(VmRestart changed) {
        List<VmRestart> all = Objects.requireNonNull(vmRestarts).stream()
                .map(each -> each.vm().equals(changed.vm()) ? changed : each)
                .toList();
        return restarting(all);
    }

    /** Planned again from its coordinator, for what the repository offers now (R15). */
    PoolUpdate plannedAgain() {
        List<HostUpdate> again = hosts.stream()
                .map(host -> host.state() == HostUpdateState.SUCCEEDED || host.state() == HostUpdateState.IN_PROGRESS
                        ? host.again()
                        : host)
                .toList();
        return with(draft -> {
            draft.pinned = null;
            draft.replans = replans + 1;
            draft.questions = null;
            draft.hosts = again;
        });
    }

    /** What a step's apply installs on a host; empty while that is not settled, and where nothing is applied. */
    Optional<UpdateContent> content(HostUpdate host, Step step) {
        if (step.update() != null) {
            return Optional.of(new UpdateContent.Image(step.update()));
        }
        if (host.inputs() != null && host.inputs().packages() != null) {
            return Optional.of(new UpdateContent.Packages());
        }
        return pinned == null
                ? choice.image().map(UpdateContent.Image::new)
                : Optional.of(new UpdateContent.RepositoryState(pinned));
    }

    /** The update image that a step is about; empty where it is about none, or the request chose no image. */
    Optional<UpdateUuid> image(Step step) {
        return Optional.ofNullable(step.update()).or(choice::image);
    }

    /** The update images that the whole pool is about. */
    List<UpdateUuid> images() {
        return settled == null ? choice.image().stream().toList() : settled;
    }

    PoolUpdate asking(@Nullable Questions open) {
        return with(draft -> draft.questions = open);
    }

    PoolUpdate judged(List<PrecheckRow> rows) {
        return with(draft -> {
            draft.questions = null;
            draft.prechecks = rows;
        });
    }

    PoolUpdate running(List<VmHome> found, List<HostUpdate> work) {
        return with(draft -> {
            draft.state = PoolUpdateState.RUNNING;
            draft.questions = null;
            draft.homes = found;
            draft.hosts = work;
        });
    }

    PoolUpdate in(PoolUpdateState next) {
        if (state != next && !state.canMoveTo(next)) {
            throw new IllegalStateException("Pool update " + id + " can't go from " + state + " to " + next);
        }
        return with(draft -> draft.state = next);
    }

    PoolUpdate ended(PoolUpdateState end, @Nullable Failure why, Instant now) {
        PoolUpdate moved = in(end);
        return moved.finishedAt(now, why);
    }

    private PoolUpdate finishedAt(Instant now, @Nullable Failure why) {
        return with(draft -> {
            draft.finishedAt = now;
            draft.questions = null;
            draft.failure = why;
        });
    }

    PoolUpdate with(HostUpdate changed) {
        List<HostUpdate> all = hosts.stream()
                .map(host -> host.host().equals(changed.host()) ? changed : host)
                .toList();
        return with(draft -> draft.hosts = all);
    }

    PoolUpdate withHomes(List<VmHome> known) {
        return with(draft -> draft.homes = known);
    }

    HostUpdate hostUpdate(HostUuid uuid) {
        return hosts.stream()
                .filter(host -> host.host().equals(uuid))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Pool update " + id + " has no host " + uuid));
    }

    PoolUpdate begun(Instant now) {
        return with(draft -> draft.startedAt = now);
    }

    /** As its own row keeps it: hosts have rows of their own, and the wish to cancel a column. */
    PoolUpdate withoutHosts() {
        return with(draft -> {
            draft.cancelRequested = false;
            draft.hosts = List.of();
        });
    }

    PoolUpdate loaded(boolean cancel, List<HostUpdate> found) {
        return with(draft -> {
            draft.cancelRequested = cancel;
            draft.hosts = found;
        });
    }

    /**
     * A slice works on a pool that its update occupies; beginning one is {@link JobStore#tryBegin}'s.
     *
     * @throws IllegalStateException when this is not what a slice under this lease may make of that
     */
    void requireFollows(PoolUpdate before, Lease lease) {
        boolean same = id.equals(before.id)
                && lease.pool().equals(pool)
                && lease.world().equals(world);
        boolean follows = before.state.occupiesPool() && (state == before.state || before.state.canMoveTo(state));
        if (!same || !follows) {
            throw new IllegalStateException(
                    "Pool update " + before.id + " can't go from " + before.state + " to " + state + " under " + lease);
        }
    }

    private PoolUpdate with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** This row, being changed. */
    private static final class Draft {
        private final PoolUpdateId id;
        private final JobId job;
        private final String world;
        private final PoolUuid pool;
        private final String poolName;
        private final int position;
        private PoolUpdateState state;
        private final UpdateChoice choice;
        private final Set<HostUuid> targets;
        private final UpdatePolicy policy;
        private final Instant createdAt;
        private final Instant latestStart;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private boolean cancelRequested;
        private @Nullable String pinned;
        private @Nullable List<UpdateUuid> settled;
        private int replans;
        private @Nullable Questions questions;
        private List<PrecheckRow> prechecks;
        private List<VmHome> homes;
        private @Nullable Failure failure;
        private List<HostUpdate> hosts;
        private @Nullable List<VmRestart> vmRestarts;
        private List<KeptFix> fixes;
        private @Nullable PoolUpdateState endsAs;
        private @Nullable Instant revertingSince;
        private @Nullable Instant silentSince;
        private @Nullable Instant heldUpSince;

        Draft(PoolUpdate from) {
            id = from.id;
            job = from.job;
            world = from.world;
            pool = from.pool;
            poolName = from.poolName;
            position = from.position;
            state = from.state;
            choice = from.choice;
            targets = from.targets;
            policy = from.policy;
            createdAt = from.createdAt;
            latestStart = from.latestStart;
            startedAt = from.startedAt;
            finishedAt = from.finishedAt;
            cancelRequested = from.cancelRequested;
            pinned = from.pinned;
            settled = from.settled;
            replans = from.replans;
            questions = from.questions;
            prechecks = from.prechecks;
            homes = from.homes;
            failure = from.failure;
            hosts = from.hosts;
            vmRestarts = from.vmRestarts;
            fixes = from.fixes;
            endsAs = from.endsAs;
            revertingSince = from.revertingSince;
            silentSince = from.silentSince;
            heldUpSince = from.heldUpSince;
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
                    cancelRequested,
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
                    heldUpSince);
        }
    }
}
