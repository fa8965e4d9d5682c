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
 * @param wishes what people asked meanwhile; not written by {@link JobStore#save}
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
 * @param earliest from when on it may begin, as the request says; null = at once
 * @param window in which it works, as that is defined now; null = at any time. Only its id is kept
 * @param notBefore when it will be looked at first, while it waits for its time; null while it does not
 * @param givesUpAt when it is rejected if another job still holds the pool; null while none does
 * @param closesAt from when on no host is begun (P5.2); null = never
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
        Wishes wishes,
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
        @Nullable Instant heldUpSince,
        @Nullable Instant earliest,
        @Nullable MaintenanceWindow window,
        @Nullable Instant notBefore,
        @Nullable Instant givesUpAt,
        @Nullable Instant closesAt) {

    static final String REAL = "real";

    /** What this program knows of what is kept (ADR 0014): 1 = start times and maintenance windows. */
    static final int FORMAT = 1;

    PoolUpdate {
        targets = Set.copyOf(targets);
        prechecks = List.copyOf(prechecks);
        homes = List.copyOf(homes);
        hosts = List.copyOf(hosts);
        settled = settled == null ? null : List.copyOf(settled);
        vmRestarts = vmRestarts == null ? null : List.copyOf(vmRestarts);
        // what an earlier version kept has none
        wishes = wishes == null ? Wishes.NONE : wishes;
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

    /** Occupies the pool from now on. @param closing from when on no host is begun; null = never */
    PoolUpdate begun(Instant now, @Nullable Instant closing) {
        return in(PoolUpdateState.PRECHECKING).with(draft -> {
            draft.startedAt = startedAt == null ? now : startedAt;
            draft.notBefore = null;
            draft.givesUpAt = null;
            draft.closesAt = closing;
        });
    }

    /** Its window closed before it was finished: the pool is free, and it goes on in the next one with a new look at everything. */
    PoolUpdate released(Instant next) {
        return in(PoolUpdateState.WAITING).with(draft -> {
            draft.notBefore = next;
            draft.closesAt = null;
            draft.questions = null;
            draft.endsAs = null;
            draft.revertingSince = null;
            draft.silentSince = null;
            draft.heldUpSince = null;
        });
    }

    /** @param next when it may begin; null = it waits for something else than its time */
    PoolUpdate notBefore(@Nullable Instant next) {
        return with(draft -> draft.notBefore = next);
    }

    PoolUpdate givingUpAt(Instant moment) {
        return with(draft -> {
            draft.givesUpAt = moment;
            draft.notBefore = null;
        });
    }

    /** The least {@link #FORMAT} that a program must know to go on with this without doing it wrong. */
    int neededFormat() {
        return earliest != null || window != null ? 1 : 0;
    }

    boolean cancelRequested() {
        return wishes.cancel();
    }

    boolean pauseRequested() {
        return wishes.pause();
    }

    /** When it was to begin by its request, apart from windows. */
    Instant dueAt() {
        return earliest == null ? createdAt : earliest;
    }

    /** Whether it waits for its time, not for a runner or a pool. */
    boolean isScheduled(Instant now) {
        return state == PoolUpdateState.WAITING && notBefore != null && now.isBefore(notBefore);
    }

    /** Whether its window is over, so that no host is begun. */
    boolean isClosed(Instant now) {
        return closesAt != null && !now.isBefore(closesAt);
    }

    /** Whether any host was begun, in this window or an earlier one. */
    boolean isTouched() {
        return hosts.stream().anyMatch(host -> host.startedAt() != null);
    }

    /** A sentence that says what state things are in before a further host is begun. */
    String stateInWords() {
        return isTouched()
                ? "What earlier windows did stays; the hosts that were left are untouched."
                : "Nothing was touched.";
    }

    /** Every host that has not begun is left out. */
    PoolUpdate leavingOut(Failure why, Instant now) {
        List<HostUpdate> all = hosts.stream()
                .map(host -> host.state() == HostUpdateState.PENDING
                        ? host.ended(HostUpdateState.SKIPPED, null, why, now)
                        : host)
                .toList();
        return with(draft -> draft.hosts = all);
    }

    /** As its own row keeps it: hosts have rows of their own, people's wishes, the window and the time of the next begin columns. */
    PoolUpdate withoutHosts() {
        return with(draft -> {
            draft.wishes = Wishes.NONE;
            draft.window = null;
            draft.notBefore = null;
            draft.hosts = List.of();
        });
    }

    PoolUpdate loaded(
            Wishes asked, @Nullable MaintenanceWindow defined, @Nullable Instant next, List<HostUpdate> found) {
        return with(draft -> {
            draft.wishes = asked;
            draft.window = defined;
            draft.notBefore = next;
            draft.hosts = found;
        });
    }

    PoolUpdate wishing(Wishes asked) {
        return with(draft -> draft.wishes = asked);
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

    private PoolUpdate with(Consumer<PoolUpdateDraft> change) {
        PoolUpdateDraft draft = new PoolUpdateDraft(this);
        change.accept(draft);
        return draft.build();
    }
}
