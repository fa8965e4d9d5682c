package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.PoolSequence;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.Version;
import io.xenpatch.xen.VmUuid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules judge.
 *
 * @param observedAt when the snapshot was taken
 * @param active the job that holds the pool now, other than the one that is judged; null when there is none
 * @param newVersions versions of the server that the updates make of a host, as far as an update feed says
 * @param limits from where on what was measured is objected to
 */
public record Situation(
        PoolSnapshot pool,
        ServerAnswers answers,
        PoolPlan plan,
        UpdatePolicy policy,
        Instant observedAt,
        @Nullable ActivePoolUpdate active,
        List<PublishedVersion> newVersions,
        PrecheckLimits limits) {

    public Situation {
        newVersions = List.copyOf(newVersions);
    }

    /** Of updates of which nobody says that they make a new version, with the usual limits. */
    public Situation(
            PoolSnapshot pool,
            ServerAnswers answers,
            PoolPlan plan,
            UpdatePolicy policy,
            Instant observedAt,
            @Nullable ActivePoolUpdate active) {
        this(pool, answers, plan, policy, observedAt, active, List.of(), PrecheckLimits.DEFAULTS);
    }

    /** All that is known of a plan. */
    static Situation of(
            PoolSnapshot pool,
            ServerAnswers answers,
            PoolPlan plan,
            LatestImages latest,
            UpdatePolicy policy,
            Instant observedAt,
            @Nullable ActivePoolUpdate active,
            PrecheckLimits limits) {
        return new Situation(pool, answers, plan, policy, observedAt, active, newVersions(plan, latest), limits);
    }

    private static List<PublishedVersion> newVersions(PoolPlan plan, LatestImages latest) {
        Stream<UpdateUuid> sequence =
                Optional.ofNullable(plan.sequence()).stream().flatMap(all -> all.updates().stream());
        return Stream.concat(plan.choice().image().stream(), sequence)
                .flatMap(update -> latest.feed().stream().flatMap(feed -> feed.madeBy(update).stream()))
                .toList();
    }

    /** Whether hosts become this version of the server or a later one. */
    boolean reaches(String productVersion) {
        return !applying().isEmpty()
                && newVersions.stream()
                        .anyMatch(made -> Version.of(made.version()).isAtLeast(productVersion));
    }

    /** The chosen update image; empty where the request chooses something else. */
    Optional<UpdateInfo> image() {
        return plan.choice()
                .image()
                .map(uuid -> pool.update(uuid)
                        .orElseThrow(() -> new IllegalStateException("The pool has no update " + uuid)));
    }

    /** The name of the chosen image; the choice itself where it is another one. */
    String updateName() {
        return image().map(UpdateInfo::name).orElseGet(() -> plan.choice().word());
    }

    /** What people call an update; its uuid where nobody knows. */
    String nameOf(UpdateUuid update) {
        return pool.update(update)
                .map(UpdateInfo::name)
                .or(() -> sequence().map(all -> all.names().get(update)))
                .orElseGet(update::toString);
    }

    /** Of a pool that is brought to the latest update images; empty on every other. */
    Optional<PoolSequence> sequence() {
        return Optional.ofNullable(plan.sequence());
    }

    /** What is to be applied, in words that follow "has", "lacks" or "accepts". */
    String what() {
        String offered = plan.sequence() == null ? "the updates on offer" : "the latest updates";
        return image().map(update -> "update " + update.name()).orElse(offered);
    }

    /** What the repository has; empty where that is not what was chosen, or not known. */
    Optional<RepositoryUpdates> offered() {
        return plan.choice().isFromRepository()
                ? answers.updates().fold(Optional::of, failed -> Optional.empty(), notAsked -> Optional.empty())
                : Optional.empty();
    }

    /** Whether what is applied comes from the pool's repository. */
    boolean isFromRepository() {
        return plan.choice().isFromRepository() && pool.channel() == Channel.REPOSITORY;
    }

    HostSnapshot coordinator() {
        return host(pool.coordinator());
    }

    HostSnapshot host(HostUuid uuid) {
        return pool.host(uuid).orElseThrow(() -> new IllegalStateException("The pool has no host " + uuid));
    }

    /** The targets on which something is done; a host that is finished already needs nothing and stops nothing. */
    List<HostPlan> workedOn() {
        return plan.hosts().stream().filter(host -> !host.steps().isEmpty()).toList();
    }

    boolean isWorkedOn(HostUuid host) {
        return workedOn().stream().anyMatch(plan -> plan.hostUuid().equals(host));
    }

    /** The targets that leave their guests. */
    List<HostPlan> evacuating() {
        return plan.hosts().stream().filter(HostPlan::evacuates).toList();
    }

    /** The targets whose toolstack restarts, by itself or with its host. */
    List<HostPlan> restarting() {
        return plan.hosts().stream()
                .filter(host ->
                        host.steps().contains(StepType.REBOOT) || host.steps().contains(StepType.RESTART_TOOLSTACK))
                .toList();
    }

    /** The targets that receive the update. */
    List<HostPlan> applying() {
        return plan.hosts().stream().filter(HostPlan::applies).toList();
    }

    /** Whether the host does not have all that is to be applied, target or not. */
    boolean lacksUpdate(HostSnapshot host) {
        return image().map(update -> !host.appliedUpdates().contains(update.uuid())
                        && !update.appliedOn().contains(host.uuid()))
                .or(() -> sequence().map(all -> all.isLackedBy(pool, host)))
                .orElseGet(() -> isFromRepository() && !hasAllOf(host) || isPackages() && lacksPackages(host));
    }

    private boolean isPackages() {
        return plan.choice().isFromRepository() && pool.channel() == Channel.XCP_NG;
    }

    /** One that does not say counts as lacking some. */
    private boolean lacksPackages(HostSnapshot host) {
        return answers.packagesOf(host.uuid()).fold(missing -> !missing.isEmpty(), failed -> true, notAsked -> true);
    }

    /**
     * By the list, or by the state of the repository that the host received last: one whose live patch failed has it all, and is listed
     * again with that live patch as soon as the coordinator's toolstack restarts.
     */
    private boolean hasAllOf(HostSnapshot host) {
        return offered()
                .filter(updates -> updates.hash().equals(host.software().updateHash())
                        || updates.of(host.uuid()).filter(HostUpdates::isEmpty).isPresent())
                .isPresent();
    }

    /** The guest as people know it; the uuid when it is gone. */
    String vmName(VmUuid vm) {
        return pool.vm(vm).map(found -> found.name()).orElseGet(vm::toString);
    }

    /** The pool as people know it; a standalone host without a pool name is known by its own. */
    String poolName() {
        return pool.displayName();
    }
}
