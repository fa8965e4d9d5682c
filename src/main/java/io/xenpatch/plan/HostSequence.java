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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the updates of one host's sequence leave to do, one by one and all together (R11).
 *
 * @param updates in the order in which they are applied
 * @param whole one decision for all: it says whether the host is evacuated before the first apply
 * @param atTheEnd what of that is carried out after the last update, and not before
 */
public record HostSequence(List<Part> updates, HostDecision whole, HostDecision atTheEnd) {

    public HostSequence {
        updates = List.copyOf(updates);
    }

    /**
     * One update of a sequence.
     *
     * @param predicted the server was not asked: its prechecks tell only of the next update. Decided again before the apply.
     * @param rightAfter what is carried out before the next update is applied
     */
    public record Part(UpdateUuid update, HostDecision decision, boolean predicted, Set<UpdateTask> rightAfter) {

        public Part {
            rightAfter = Set.copyOf(rightAfter);
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
        SequenceTasks tasks = SequenceTasks.NONE;
        List<Part> parts = new ArrayList<>();
        for (UpdateUuid uuid : sequence) {
            boolean predicted = !parts.isEmpty();
            Optional<PublishedUpdate> published = feed.flatMap(known -> known.update(uuid));
            HostDecision decision = Decider.decide(new DecisionInputs(
                    host.uuid(),
                    guidance(pool, uuid, published),
                    predicted ? predicted(published, foretold) : first.orElse(LivePatchStatus.UNKNOWN),
                    PoolPlanner.livePatching(pool),
                    predicted ? List.of() : PoolPlanner.pendingOn(pool, host),
                    PoolPlanner.guests(pool, host),
                    policy.deciding()));
            tasks = tasks.after(
                    decision.tasks(), published.map(PublishedUpdate::mandatory).orElse(false));
            parts.add(new Part(uuid, decision, predicted, tasks.now()));
        }
        HostDecision whole = Decider.together(parts.stream().map(Part::decision).toList());
        return new HostSequence(parts, whole, Decider.left(whole, tasks));
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
}
