package io.xenpatch.plan;

import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the updates of one host's sequence leave to do, one by one and all together (R11). Kept in the history as what it is decided
 * from.
 *
 * @param updates in the order in which they are applied, at least one
 */
public record HostSequence(List<Part> updates) {

    public HostSequence {
        updates = List.copyOf(updates);
        if (updates.isEmpty()) {
            throw new IllegalArgumentException("A sequence has at least one update");
        }
    }

    /**
     * One update of a sequence.
     *
     * @param name as people know it
     * @param predicted the server was not asked: its prechecks tell only of the next update. Decided again before the apply.
     * @param mandatory whether what it leaves to do is carried out before the next update is applied
     * @param observed what the host reported after the apply; null until then
     */
    public record Part(
            UpdateUuid update,
            String name,
            DecisionInputs inputs,
            boolean predicted,
            boolean mandatory,
            @Nullable AppliedObservation observed) {

        /** Before the apply. */
        public HostDecision planned() {
            return Decider.decide(inputs);
        }

        /** What counts now: what was observed, else what was planned. */
        public HostDecision decision() {
            return observed == null ? planned() : observed.decide(planned());
        }
    }

    /**
     * Decides a host's sequence.
     *
     * @param sequence at least one update
     * @param first the server's word on the live patch of the first update
     * @param feed empty = nothing is known of the later updates' live patches, so a reboot that they ask for is foreseen
     */
    public static HostSequence of(
            PoolSnapshot pool,
            HostSnapshot host,
            List<UpdateUuid> sequence,
            Answer<LivePatchStatus> first,
            Optional<PublishedUpdates> feed,
            UpdatePolicy policy) {
        LivePatchStatus foretold = feed.map(known -> Foretelling.livePatch(Foretelling.missing(known, pool, host)))
                .orElse(LivePatchStatus.UNKNOWN);
        List<Part> parts = new ArrayList<>();
        for (UpdateUuid uuid : sequence) {
            boolean predicted = !parts.isEmpty();
            Optional<PublishedUpdate> published = feed.flatMap(known -> known.update(uuid));
            DecisionInputs inputs = new DecisionInputs(
                    host.uuid(),
                    guidance(pool, uuid, published),
                    predicted ? predicted(published, foretold) : first.orElse(LivePatchStatus.UNKNOWN),
                    PoolPlanner.livePatching(pool),
                    predicted ? List.of() : PoolPlanner.pendingOn(pool, host),
                    PoolPlanner.guests(pool, host),
                    policy.deciding());
            parts.add(new Part(
                    uuid,
                    name(pool, uuid, published),
                    inputs,
                    predicted,
                    published.map(PublishedUpdate::mandatory).orElse(false),
                    null));
        }
        return new HostSequence(parts);
    }

    private static String name(PoolSnapshot pool, UpdateUuid update, Optional<PublishedUpdate> published) {
        return pool.update(update)
                .map(UpdateInfo::name)
                .or(() -> published.map(PublishedUpdate::name))
                .orElseGet(update::toString);
    }

    /** The pool knows best what its image asks for; of an update that it does not have yet the feed tells. */
    private static Set<Guidance> guidance(PoolSnapshot pool, UpdateUuid update, Optional<PublishedUpdate> published) {
        return pool.update(update)
                .map(UpdateInfo::guidance)
                .or(() -> published.map(PublishedUpdate::guidance))
                .orElse(Set.of(Guidance.UNKNOWN));
    }

    /**
     * An update's own live patch does not count as complete while one of all that are missing has none: it may be a roll-up of both.
     */
    private static LivePatchStatus predicted(Optional<PublishedUpdate> published, LivePatchStatus foretold) {
        return published
                .map(update -> update.containsLivePatch() ? foretold : LivePatchStatus.NONE)
                .orElse(LivePatchStatus.UNKNOWN);
    }

    /**
     * Directly before an update that was only predicted is applied: decided again from what the server says and the pool is now. What
     * the updates before it left to do is theirs, so nothing pending is added.
     */
    public HostSequence decidedAgain(
            PoolSnapshot pool, HostSnapshot host, UpdateUuid update, LivePatchStatus livePatch, UpdatePolicy policy) {
        return with(
                update,
                part -> new Part(
                        update,
                        part.name(),
                        new DecisionInputs(
                                host.uuid(),
                                guidance(pool, update, Optional.empty()),
                                livePatch,
                                PoolPlanner.livePatching(pool),
                                List.of(),
                                PoolPlanner.guests(pool, host),
                                policy.deciding()),
                        false,
                        part.mandatory(),
                        null));
    }

    /** After an update was applied and the host reported. */
    public HostSequence observing(UpdateUuid update, AppliedObservation seen) {
        return with(
                update, part -> new Part(update, part.name(), part.inputs(), part.predicted(), part.mandatory(), seen));
    }

    private HostSequence with(UpdateUuid update, UnaryOperator<Part> change) {
        return new HostSequence(updates.stream()
                .map(part -> part.update().equals(update) ? change.apply(part) : part)
                .toList());
    }

    /** @throws IllegalArgumentException when the update is none of the sequence's */
    public Part part(UpdateUuid update) {
        return updates.get(indexOf(update));
    }

    private int indexOf(UpdateUuid update) {
        for (int index = 0; index < updates.size(); index++) {
            if (updates.get(index).update().equals(update)) {
                return index;
            }
        }
        throw new IllegalArgumentException("Update " + update + " is not in the sequence");
    }

    /** The update after this one; empty after the last. */
    public Optional<UpdateUuid> next(UpdateUuid update) {
        return updates.stream().skip(indexOf(update) + 1L).map(Part::update).findFirst();
    }

    /** What people call the updates after this one. */
    public List<String> namesAfter(UpdateUuid update) {
        return updates.stream().skip(indexOf(update) + 1L).map(Part::name).toList();
    }

    /** The sequence as it is when nothing is applied after this update. */
    public HostSequence until(UpdateUuid last) {
        return new HostSequence(updates.subList(0, indexOf(last) + 1));
    }

    /** Whether any update was observed. */
    public boolean isObserved() {
        return updates.stream().anyMatch(part -> part.observed() != null);
    }

    /** As planned before the applies: one decision for all, which says whether the host is evacuated before the first. */
    public HostDecision planned() {
        return Decider.together(updates.stream().map(Part::planned).toList());
    }

    /** The decision that counts now: what was observed, and what is planned of the rest. */
    public HostDecision decision() {
        return Decider.together(updates.stream().map(Part::decision).toList());
    }

    /** What is carried out after an update and before the next one (xencenter.md §6.4). */
    public Set<UpdateTask> rightAfter(UpdateUuid update, UpdatePolicy policy) {
        return tasks(indexOf(update), policy).now();
    }

    /**
     * What is left to do when all are applied: everything but what was carried out in between. A reboot that a failed live patch needs
     * and that nobody carries out (R8) is among it.
     */
    public HostDecision atTheEnd(UpdatePolicy policy) {
        int last = updates.size() - 1;
        int from = 0;
        for (int index = 0; index < last; index++) {
            from = tasks(index, policy).now().contains(UpdateTask.REBOOT_HOST) ? index + 1 : from;
        }
        List<HostDecision> since =
                updates.subList(from, last + 1).stream().map(Part::decision).toList();
        SequenceTasks tasks = tasks(last, policy);
        Set<UpdateTask> left = EnumSet.noneOf(UpdateTask.class);
        left.addAll(tasks.now());
        left.addAll(tasks.delayed());
        if (since.stream().anyMatch(decision -> isDeclined(decision, policy))) {
            left.add(UpdateTask.REBOOT_HOST);
        }
        return Decider.left(Decider.together(since), left);
    }

    private SequenceTasks tasks(int until, UpdatePolicy policy) {
        SequenceTasks tasks = SequenceTasks.NONE;
        for (Part part : updates.subList(0, until + 1)) {
            tasks = tasks.after(carriedOut(part.decision(), policy), part.mandatory());
        }
        return tasks;
    }

    /** Where a failed live patch's reboot is not made, what else the update asks for is. */
    private static Set<UpdateTask> carriedOut(HostDecision decision, UpdatePolicy policy) {
        if (!isDeclined(decision, policy)) {
            return decision.tasks();
        }
        Set<UpdateTask> tasks = EnumSet.noneOf(UpdateTask.class);
        tasks.addAll(decision.tasks());
        tasks.remove(UpdateTask.REBOOT_HOST);
        if (decision.inputs().guidance().contains(Guidance.RESTART_TOOLSTACK)) {
            tasks.add(UpdateTask.RESTART_TOOLSTACK);
        }
        return tasks;
    }

    private static boolean isDeclined(HostDecision decision, UpdatePolicy policy) {
        return HostSteps.onlyForFailedLivePatch(decision)
                && policy.onLivePatchFailure() != UpdatePolicy.OnLivePatchFailure.REBOOT;
    }
}
