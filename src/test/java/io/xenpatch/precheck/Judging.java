package io.xenpatch.precheck;

import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.PoolPlanner;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostClock;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PendingTask;
import io.xenpatch.xen.Permissions;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VmUuid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A judgement in the making: everything answers well and a live patch is complete, until a test says otherwise. */
final class Judging {
    private final PoolSnapshot pool;
    private final Map<HostUuid, Answer<LivePatchStatus>> livePatch = new HashMap<>();
    private final Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks = new HashMap<>();
    private final Map<HostUuid, Answer<Map<VmUuid, List<String>>>> blockers = new HashMap<>();
    private final Map<HostUuid, Answer<Boolean>> reachable = new HashMap<>();
    private final Map<HostUuid, HostClock> clocks = new HashMap<>();
    private final Map<HostUuid, Long> packageBytes = new HashMap<>();
    private final Map<HostUuid, Answer<Long>> freeDiskSpace = new HashMap<>();
    private final Set<HostUuid> targets = new HashSet<>();
    private Mode mode = Mode.AUTOMATIC;
    private LivePatching livePatching = LivePatching.PREFER;
    private OnLivePatchFailure onFailure = OnLivePatchFailure.WARN;
    private OnBlocker onBlocker = OnBlocker.REJECT;
    private OnMaintenance onMaintenance = OnMaintenance.SKIP;
    private Set<GuidanceLevel> levels = Set.of(GuidanceLevel.MANDATORY, GuidanceLevel.RECOMMENDED);
    private boolean leaveDisabled;
    private UpdatePolicy.VmPlacementAfter placement = UpdatePolicy.VmPlacementAfter.HOME;
    private UpdateChoice choice = new UpdateChoice.Image(TestPool.UPDATE);
    private Answer<RepositoryUpdates> updates = Answer.notAsked("not asked");
    private LatestImages latest = LatestImages.OF_THE_POOL;
    private @Nullable ActivePoolUpdate active;
    private Answer<Permissions> permissions = Answer.of(Permissions.EVERYTHING);
    private Answer<Map<HostUuid, Instant>> certificates = Answer.of(Map.of());
    private Set<String> fixes = Set.of();
    private Set<String> acknowledged = Set.of();
    private Answer<List<PendingTask>> tasks = Answer.of(List.of());
    private VmRestarts vmRestarts = VmRestarts.LIST;

    private Judging(PoolSnapshot pool) {
        this.pool = pool;
        pool.hosts().forEach(host -> {
            livePatch.put(host.uuid(), Answer.of(LivePatchStatus.COMPLETE));
            blockers.put(host.uuid(), Answer.of(Map.of()));
            reachable.put(host.uuid(), Answer.of(true));
            freeDiskSpace.put(host.uuid(), Answer.of(1L << 40));
            clocks.put(host.uuid(), new HostClock(Duration.ZERO, Duration.ZERO));
        });
    }

    static Judging of(TestPool pool) {
        return new Judging(pool.snapshot());
    }

    Judging targets(int... indexes) {
        for (int index : indexes) {
            targets.add(TestPool.host(index));
        }
        return this;
    }

    Judging livePatch(LivePatchStatus status) {
        livePatch.replaceAll((host, answer) -> Answer.of(status));
        return this;
    }

    Judging precheck(int host, Answer<LivePatchStatus> answer) {
        livePatch.put(TestPool.host(host), answer);
        return this;
    }

    /** What the server says of another update than the test pool's. */
    Judging precheck(int host, UpdateUuid update, Answer<LivePatchStatus> answer) {
        prechecks.computeIfAbsent(TestPool.host(host), known -> new HashMap<>()).put(update, answer);
        return this;
    }

    /** Brings the pool to the latest images. */
    Judging latest(LatestImages known) {
        latest = known;
        return choosing(new UpdateChoice.Latest());
    }

    Judging blocker(int host, int vm, String... reason) {
        blockers.put(TestPool.host(host), Answer.of(Map.of(TestPool.vm(vm), List.of(reason))));
        return this;
    }

    Judging evacuation(int host, Answer<Map<VmUuid, List<String>>> answer) {
        blockers.put(TestPool.host(host), answer);
        return this;
    }

    Judging unreachable(int host) {
        reachable.put(TestPool.host(host), Answer.failed("NO_ANSWER", List.of()));
        clocks.remove(TestPool.host(host));
        return this;
    }

    /** @param offset to ours */
    Judging clock(int host, Duration offset, Duration uncertainty) {
        clocks.put(TestPool.host(host), new HostClock(offset, uncertainty));
        return this;
    }

    Judging freeDiskSpace(int host, Answer<Long> bytes) {
        freeDiskSpace.put(TestPool.host(host), bytes);
        return this;
    }

    /** What the packages of an XCP-ng host need. */
    Judging packageBytes(int host, long bytes) {
        packageBytes.put(TestPool.host(host), bytes);
        return this;
    }

    Judging tasks(Answer<List<PendingTask>> answer) {
        tasks = answer;
        return this;
    }

    Judging certificates(Answer<Map<HostUuid, Instant>> answer) {
        certificates = answer;
        return this;
    }

    Judging permissions(Answer<Permissions> answer) {
        permissions = answer;
        return this;
    }

    Judging vmRestarts(VmRestarts policy) {
        vmRestarts = policy;
        return this;
    }

    Judging manual() {
        mode = Mode.MANUAL;
        return this;
    }

    Judging leaveDisabled() {
        leaveDisabled = true;
        return this;
    }

    Judging leavingVms() {
        placement = UpdatePolicy.VmPlacementAfter.LEAVE;
        return this;
    }

    /** @param codes that the request allows; {@code ALL} is one of them */
    Judging fixing(String... codes) {
        fixes = Set.of(codes);
        return this;
    }

    Judging acknowledging(String... codes) {
        acknowledged = Set.of(codes);
        return this;
    }

    Judging livePatching(LivePatching policy) {
        livePatching = policy;
        return this;
    }

    Judging onLivePatchFailure(OnLivePatchFailure policy) {
        onFailure = policy;
        return this;
    }

    Judging skipHost() {
        onBlocker = OnBlocker.SKIP_HOST;
        return this;
    }

    Judging includeMaintenance() {
        onMaintenance = OnMaintenance.INCLUDE;
        return this;
    }

    Judging levels(GuidanceLevel... chosen) {
        levels = Set.of(chosen);
        return this;
    }

    /** What a feed says, without asking for the latest of everything. */
    Judging reading(LatestImages known) {
        latest = known;
        return this;
    }

    /** What the request chooses instead of the test pool's update image. */
    Judging choosing(UpdateChoice other) {
        choice = other;
        return this;
    }

    Judging listing(Answer<RepositoryUpdates> answer) {
        updates = answer;
        return this;
    }

    Judging heldBy(ActivePoolUpdate other) {
        active = other;
        return this;
    }

    Situation situation() {
        return Situation.of(
                pool,
                answers(),
                PoolPlanner.plan(pool, choice, targets, answers(), latest, policy()),
                latest,
                policy(),
                TestPool.NOW,
                active,
                PrecheckLimits.DEFAULTS);
    }

    List<PrecheckRow> rows() {
        return Prechecks.judge(situation());
    }

    /** The rows with this code. */
    List<PrecheckRow> rows(String code) {
        return new ArrayList<>(
                rows().stream().filter(row -> row.code().equals(code)).toList());
    }

    List<String> blocking() {
        return rows().stream()
                .filter(PrecheckRow::isBlocking)
                .map(PrecheckRow::code)
                .toList();
    }

    Judgement judgement() {
        return Judgement.of(
                pool, choice, targets, answers(), latest, policy(), TestPool.NOW, active, PrecheckLimits.DEFAULTS);
    }

    private ServerAnswers answers() {
        Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> all = new HashMap<>();
        livePatch.forEach((host, answer) -> {
            Map<UpdateUuid, Answer<LivePatchStatus>> known = new HashMap<>(prechecks.getOrDefault(host, Map.of()));
            known.putIfAbsent(TestPool.UPDATE, answer);
            all.put(host, known);
        });
        return ServerAnswers.builder()
                .prechecks(all)
                .evacuationBlockers(blockers)
                .reachable(reachable)
                .updates(updates)
                .packageBytes(packageBytes)
                .freeDiskSpace(freeDiskSpace)
                .clocks(clocks)
                .certificates(certificates)
                .tasks(tasks)
                .permissions(permissions)
                .build();
    }

    private UpdatePolicy policy() {
        return new UpdatePolicy(
                mode,
                livePatching,
                onFailure,
                onBlocker,
                onMaintenance,
                levels,
                placement,
                fixes,
                leaveDisabled,
                UpdatePolicy.OnUpdatesChanged.STOP,
                vmRestarts,
                acknowledged);
    }
}
