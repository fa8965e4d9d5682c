package io.xenpatch.plan;

import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides every target of a pool and lays the work in order. Assessment and job call this on the same kind of snapshot, so that
 * what the one says is what the other does. Knows nothing of prechecks.
 */
public final class PoolPlanner {
    /** What is known where the server did not list its updates: nothing of any host (R2). */
    private static final RepositoryUpdates NOT_LISTED = new RepositoryUpdates("", Map.of(), List.of());

    private PoolPlanner() {}

    /**
     * The plan for a pool.
     *
     * @param targets the hosts to update; empty = all
     * @param answers the server's word on the live patches, per host, and on what its repository has
     * @param latest what {@code {latest: true}} means where it is about update images
     * @throws IllegalArgumentException when the pool does not know the chosen update image
     */
    public static PoolPlan plan(
            PoolSnapshot pool,
            UpdateChoice choice,
            Set<HostUuid> targets,
            ServerAnswers answers,
            LatestImages latest,
            UpdatePolicy policy) {
        PoolSequence sequence = choice instanceof UpdateChoice.Latest && pool.channel() == Channel.POOL_UPDATE
                ? PoolSequence.of(latest, pool, targets, answers.prechecks())
                : null;
        Function<HostSnapshot, HostPlan> planning = sequence == null
                ? planning(pool, choice, answers, policy)
                : host -> plan(pool, host, sequence, answers, latest, policy);
        List<HostPlan> hosts = pool.hosts().stream()
                .filter(host -> targets.isEmpty() || targets.contains(host.uuid()))
                .map(planning)
                .toList();
        List<List<HostUuid>> waves = hosts.stream()
                .filter(host -> !host.steps().isEmpty())
                .map(host -> List.of(host.hostUuid()))
                .toList();
        return new PoolPlan(pool.uuid(), choice, sequence, hosts, waves);
    }

    private static Function<HostSnapshot, HostPlan> planning(
            PoolSnapshot pool, UpdateChoice choice, ServerAnswers answers, UpdatePolicy policy) {
        return choice.fold(
                uuid -> {
                    UpdateInfo update = pool.update(uuid)
                            .orElseThrow(() ->
                                    new IllegalArgumentException("Pool " + pool.uuid() + " has no update " + uuid));
                    return host -> plan(pool, host, update, answers.livePatchOf(host.uuid(), uuid), policy);
                },
                () -> offered(pool, answers, policy),
                hash -> offered(pool, answers, policy),
                () -> host -> left(pool, host, policy));
    }

    /** Of a channel that offers nothing by itself only what is left is carried out; a precheck blocks (R1). */
    private static Function<HostSnapshot, HostPlan> offered(
            PoolSnapshot pool, ServerAnswers answers, UpdatePolicy policy) {
        return switch (pool.channel()) {
            case REPOSITORY ->
                host -> plan(pool, host, Optional.of(answers.updates().orElse(NOT_LISTED)), policy);
            case XCP_NG -> host -> planPackages(pool, host, Optional.of(answers.packagesOf(host.uuid())), policy);
            case POOL_UPDATE, UNSUPPORTED, UNKNOWN -> host -> left(pool, host, policy);
        };
    }

    /** Nothing is applied; what earlier updates left is carried out. */
    private static HostPlan left(PoolSnapshot pool, HostSnapshot host, UpdatePolicy policy) {
        if (pool.channel() == Channel.REPOSITORY) {
            return plan(pool, host, Optional.empty(), policy);
        }
        if (pool.channel() == Channel.XCP_NG) {
            return planPackages(pool, host, Optional.empty(), policy);
        }
        return plan(host, imageDecision(pool, host, Set.of(), LivePatchStatus.NONE, policy), false, policy);
    }

    /** The updates that a host lacks, one after the other; what is left where it lacks none. */
    private static HostPlan plan(
            PoolSnapshot pool,
            HostSnapshot host,
            PoolSequence all,
            ServerAnswers answers,
            LatestImages latest,
            UpdatePolicy policy) {
        List<UpdateUuid> updates = all.sequenceOf(host.uuid()).updates();
        if (updates.isEmpty()) {
            return left(pool, host, policy);
        }
        HostSequence sequence = HostSequence.of(
                pool, host, updates, answers.livePatchOf(host.uuid(), updates.get(0)), latest.feed(), policy);
        boolean endsDisabled = host.inMaintenance();
        return new HostPlan(
                sequence.decision(),
                true,
                endsDisabled,
                SequenceSteps.foreseen(sequence, endsDisabled, policy),
                sequence);
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
        HostDecision decision = imageDecision(
                pool, host, applies ? update.guidance() : Set.of(), livePatch.orElse(LivePatchStatus.UNKNOWN), policy);
        return plan(host, decision, applies, policy);
    }

    private static HostDecision imageDecision(
            PoolSnapshot pool,
            HostSnapshot host,
            Set<Guidance> guidance,
            LivePatchStatus livePatch,
            UpdatePolicy policy) {
        return Decider.decide(new DecisionInputs(
                host.uuid(),
                guidance,
                livePatch,
                livePatching(pool),
                pendingOn(pool, host),
                guests(pool, host),
                policy.deciding()));
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

    /**
     * Decides one host of an XCP-ng pool, directly before it starts, from what the pool and the host say then.
     *
     * @param missing what the host lacks, as {@link PackageRules#sort} sorts it; empty = nothing is applied, only what earlier updates left is carried out
     */
    public static HostPlan planPackages(
            PoolSnapshot pool,
            HostSnapshot host,
            Optional<Answer<Map<OwedRestart, List<String>>>> missing,
            UpdatePolicy policy) {
        PackageGuidance guidance = missing.map(answer -> answer.fold(
                        PackageGuidance::of, failed -> PackageGuidance.UNKNOWN, notAsked -> PackageGuidance.UNKNOWN))
                .orElse(PackageGuidance.NOTHING);
        HostDecision decision = Decider.decide(DecisionInputs.ofPackages(
                host.uuid(),
                guidance,
                livePatching(pool),
                PackageDecision.left(host),
                guests(pool, host),
                policy.deciding()));
        return plan(host, decision, guidance.applies(), policy);
    }

    private static HostPlan plan(HostSnapshot host, HostDecision decision, boolean applies, UpdatePolicy policy) {
        boolean endsDisabled = host.inMaintenance();
        return new HostPlan(
                decision, applies, endsDisabled, HostSteps.foreseen(decision, applies, endsDisabled, policy));
    }

    static DecisionInputs.PoolLivePatching livePatching(PoolSnapshot pool) {
        return new DecisionInputs.PoolLivePatching(pool.livePatchingEnabled(), pool.licensedForLivePatching());
    }

    static List<Guest> guests(PoolSnapshot pool, HostSnapshot host) {
        return pool.residentOn(host.uuid()).stream()
                .map(vm -> new Guest(vm.uuid(), vm.kind()))
                .toList();
    }

    /**
     * What earlier updates left on a host: reboots that {@code updates_requiring_reboot} names, and toolstack restarts that were
     * not made since (R8, R9, R32); on servers with repositories also what is in the host's lists (R1).
     */
    public static List<PendingGuidance> pendingOn(PoolSnapshot pool, HostSnapshot host) {
        Stream<PendingGuidance> reboots = host.updatesRequiringReboot().stream()
                .map(UpdateUuid::toString)
                .sorted()
                .map(uuid -> new PendingGuidance(Guidance.REBOOT_HOST, GuidanceLevel.RECOMMENDED, uuid));
        Stream<PendingGuidance> toolstacks = pool.awaitingToolstackRestart(host).stream()
                .map(update -> update.uuid().toString())
                .map(uuid -> new PendingGuidance(Guidance.RESTART_TOOLSTACK, GuidanceLevel.RECOMMENDED, uuid));
        return Stream.of(
                        reboots,
                        toolstacks,
                        RepositoryDecision.left(host.software().pending()).stream())
                .flatMap(each -> each)
                .toList();
    }
}
