package io.xenpatch.plan;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision is made from; kept with it in the history, so that it can be made again.
 *
 * @param guidance what the update asks for; empty when the host has it already
 * @param livePatch what the server says of the live patch on this host (R2)
 * @param pending what earlier updates left on this host (R9)
 * @param guests the guests running on the host
 * @param repository what a repository's updates ask for, by level; null on other channels. {@code guidance} then holds those of the
 *     levels that are carried out.
 * @param packages what the packages of XCP-ng ask for; null on other channels
 */
public record DecisionInputs(
        HostUuid hostUuid,
        Set<Guidance> guidance,
        LivePatchStatus livePatch,
        PoolLivePatching pool,
        List<PendingGuidance> pending,
        List<Guest> guests,
        Policy policy,
        @Nullable RepositoryGuidance repository,
        @Nullable PackageGuidance packages) {

    /** On {@code POOL_UPDATE}. */
    public DecisionInputs(
            HostUuid hostUuid,
            Set<Guidance> guidance,
            LivePatchStatus livePatch,
            PoolLivePatching pool,
            List<PendingGuidance> pending,
            List<Guest> guests,
            Policy policy) {
        this(hostUuid, guidance, livePatch, pool, pending, guests, policy, null, null);
    }

    /** On {@code XCP_NG}, which has no live patches (R2). */
    public static DecisionInputs ofPackages(
            HostUuid hostUuid,
            PackageGuidance packages,
            PoolLivePatching pool,
            List<PendingGuidance> pending,
            List<Guest> guests,
            Policy policy) {
        return new DecisionInputs(
                hostUuid, packages.guidance(), LivePatchStatus.NONE, pool, pending, guests, policy, null, packages);
    }

    /** On {@code REPOSITORY}. */
    public static DecisionInputs ofRepository(
            HostUuid hostUuid,
            RepositoryGuidance repository,
            LivePatchStatus livePatch,
            PoolLivePatching pool,
            List<PendingGuidance> pending,
            List<Guest> guests,
            Policy policy) {
        Set<Guidance> carriedOut = repository.levels().entrySet().stream()
                .filter(level -> policy.carriesOut(level.getKey()))
                .flatMap(level -> level.getValue().stream())
                .collect(Collectors.toUnmodifiableSet());
        return new DecisionInputs(hostUuid, carriedOut, livePatch, pool, pending, guests, policy, repository, null);
    }

    /** The same situation after the apply. */
    DecisionInputs leaving(List<PendingGuidance> left) {
        return new DecisionInputs(hostUuid, guidance, livePatch, pool, left, guests, policy, repository, packages);
    }

    /** The same situation for an update that asks for something else. */
    DecisionInputs asking(Set<Guidance> other) {
        return new DecisionInputs(hostUuid, other, livePatch, pool, pending, guests, policy, repository, packages);
    }

    /** Whether {@code host.apply_updates} is called, which needs a disabled host and leaves it disabled (R14). */
    boolean appliesFromRepository() {
        return repository != null && repository.applies();
    }

    /** Whether {@code updater.py} is called, which must find an empty host (R12). */
    boolean appliesPackages() {
        return packages != null && packages.applies();
    }

    /** What the server wants done before anything else: it refuses to enable such a host, and to apply more (xapi.md §7.10). */
    boolean owesMandatory(Guidance... any) {
        return repository != null
                && pending.stream()
                        .filter(left -> left.level() == GuidanceLevel.MANDATORY)
                        .anyMatch(left -> List.of(any).contains(left.guidance()));
    }

    public DecisionInputs {
        guidance = Set.copyOf(guidance);
        pending = List.copyOf(pending);
        guests = List.copyOf(guests);
    }

    /**
     * What the pool allows.
     *
     * @param enabled not {@code pool.live_patching_disabled}
     * @param licensed {@code restrict_live_patching} is exactly "false" on every live host (R3)
     */
    public record PoolLivePatching(boolean enabled, boolean licensed) {}

    /**
     * What the job asks for.
     *
     * @param guidanceLevels the levels carried out; MANDATORY always is, named or not (P5.1)
     */
    public record Policy(LivePatching livePatching, Set<GuidanceLevel> guidanceLevels) {

        public Policy {
            guidanceLevels = Set.copyOf(guidanceLevels);
        }

        boolean carriesOut(GuidanceLevel level) {
            return level == GuidanceLevel.MANDATORY || guidanceLevels.contains(level);
        }
    }
}
