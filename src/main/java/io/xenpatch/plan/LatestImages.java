package io.xenpatch.plan;

import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Optional;

/**
 * What tells which update images {@code {latest: true}} means on a pool of channel {@code POOL_UPDATE} (R11).
 *
 * @param feed what was published; empty = every image that the pool has counts
 * @param settled the updates that a job settled on when it began, in order; it keeps to them, because a cumulative update makes its
 *     first host another version than the others, and because an image that comes later is not for some hosts only. Empty = not
 *     settled yet.
 */
public record LatestImages(Optional<PublishedUpdates> feed, Optional<List<UpdateUuid>> settled) {

    /** Nothing is known but what the pool itself says. */
    public static final LatestImages OF_THE_POOL = new LatestImages(Optional.empty(), Optional.empty());

    public LatestImages {
        settled = settled.map(List::copyOf);
    }

    /** Whether an update counts, as far as it was settled. */
    boolean includes(UpdateUuid update) {
        return settled.map(updates -> updates.contains(update)).orElse(true);
    }
}
