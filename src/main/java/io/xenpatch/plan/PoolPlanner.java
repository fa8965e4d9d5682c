package io.xenpatch.plan;

import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides every target of a pool and lays the work in order. Assessment and job call this on the same kind of snapshot, so that
 * what the one says is what the other does. Knows nothing of prechecks.
 */
public final class PoolPlanner {

    private PoolPlanner() {}

    /**
     * The plan for one update on a pool of channel {@code POOL_UPDATE}.
     *
     * @param targets the hosts to update; empty = all
     * @param answers the server's word on the live patch, per host
     * @throws IllegalArgumentException when the pool does not know the update
     */
    public static PoolPlan plan(
            PoolSnapshot pool,
            UpdateUuid updateUuid,
            Set<HostUuid> targets,
            ServerAnswers answers,
            UpdatePolicy policy) {
        UpdateInfo update = pool.update(updateUuid)
                .orElseThrow(
                        () -> new IllegalArgumentException("Pool " + pool.uuid() + " has no update " + updateUuid));
        List<HostPlan> hosts = pool.hosts().stream()
                .filter(host -> targets.isEmpty() || targets.contains(host.uuid()))
                .map(host -> plan(pool, host, update, answers.livePatchOf(host.uuid()), policy))
                .toList();
        List<List<HostUuid>> waves = hosts.stream()
                .filter(host -> !host.steps().isEmpty())
                .map(host -> List.of(host.hostUuid()))
                .toList();
        return new PoolPlan(pool.uuid(), updateUuid, hosts, waves);
    }

    /** Decides one host again, directly before it starts, from what the pool is then. */
    public static HostPlan plan(
            PoolSnapshot pool,
            HostSnapshot host,
            UpdateInfo update,
            Answer<LivePatchStatus> livePatch,
            UpdatePolicy policy) {
        boolean applies = !update.appliedOn().contains(host.uuid())
                && !host.appliedUpdates().contains(update.uuid());
        HostDecision decision = Decider.decide(new DecisionInputs(
                host.uuid(),
                applies ? update.guidance() : Set.of(),
                livePatch.orElse(LivePatchStatus.UNKNOWN),
                livePatching(pool),
                pendingOn(pool, host),
                guests(pool, host),
                policy.deciding()));
        return plan(host, decision, applies, policy);
    }

    /**
     * Decides one host of a pool with repositories, directly before it starts, from what the pool and its repository are then.
     *
     * @param updates empty = nothing is applied, only what earlier updates left is carried out
     */
    public static HostPlan plan(
            PoolSnapshot pool, HostSnapshot host, Optional<RepositoryUpdates> updates, UpdatePolicy policy) {
        Optional<HostUpdates> forHost = updates.flatMap(all -> all.of(host.uuid()));
        RepositoryGuidance guidance = updates.map(all -> forHost.map(
                                found -> RepositoryGuidance.of(found, all.missingOn(host.uuid())))
                        // a host of which the server says nothing: a precheck blocks (R2)
                        .orElse(new RepositoryGuidance(Map.of(), false, true)))
                .orElse(RepositoryGuidance.NOTHING);
        HostDecision decision = Decider.decide(DecisionInputs.ofRepository(
                host.uuid(),
                guidance,
                forHost.map(HostUpdates::livePatchStatus)
                        .orElse(updates.isPresent() ? LivePatchStatus.UNKNOWN : LivePatchStatus.NONE),
                livePatching(pool),
                RepositoryDecision.left(host.software().pending()),
                guests(pool, host),
                policy.deciding()));
        return plan(host, decision, guidance.applies(), policy);
    }

    private static HostPlan plan(HostSnapshot host, HostDecision decision, boolean applies, UpdatePolicy policy) {
        boolean endsDisabled = host.inMaintenance();
        return new HostPlan(
                decision, applies, endsDisabled, HostSteps.foreseen(decision, applies, endsDisabled, policy));
    }

    private static DecisionInputs.PoolLivePatching livePatching(PoolSnapshot pool) {
        return new DecisionInputs.PoolLivePatching(pool.livePatchingEnabled(), pool.licensedForLivePatching());
    }

    private static List<Guest> guests(PoolSnapshot pool, HostSnapshot host) {
        return pool.residentOn(host.uuid()).stream()
                .map(vm -> new Guest(vm.uuid(), vm.kind()))
                .toList();
    }

    /**
     * What earlier updates left on a host: reboots that {@code updates_requiring_reboot} names, and toolstack restarts that were
     * not made since (R8, R9, R32).
     */
    public static List<PendingGuidance> pendingOn(PoolSnapshot pool, HostSnapshot host) {
        Stream<PendingGuidance> reboots = host.updatesRequiringReboot().stream()
                .map(UpdateUuid::toString)
                .sorted()
                .map(uuid -> new PendingGuidance(Guidance.REBOOT_HOST, GuidanceLevel.RECOMMENDED, uuid));
        Stream<PendingGuidance> toolstacks = pool.awaitingToolstackRestart(host).stream()
                .map(update -> update.uuid().toString())
                .map(uuid -> new PendingGuidance(Guidance.RESTART_TOOLSTACK, GuidanceLevel.RECOMMENDED, uuid));
        return Stream.concat(reboots, toolstacks).toList();
    }
}
