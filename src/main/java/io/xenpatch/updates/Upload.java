package io.xenpatch.updates;

import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One image on its way into a pool.
 *
 * @param id also stands in the {@code other_config} of the image
 * @param size bytes
 * @param cleared whether nothing is left in the pool that must not be there
 * @param aliveUntil when its instance counts as dead unless it is heard of again
 * @param endedAt null while it runs
 * @param imageAsked whether the pool may have been asked to create an image
 * @param imageKnown whether the pool has said which image it has created
 * @param update null until the pool knows it
 * @param knownBefore whether the pool had this update already, so that what was uploaded is not needed
 */
public record Upload(
        UUID id,
        PoolUuid pool,
        long size,
        UploadState state,
        boolean cleared,
        Instant aliveUntil,
        @Nullable Instant endedAt,
        boolean imageAsked,
        boolean imageKnown,
        @Nullable UpdateUuid update,
        boolean knownBefore) {

    /** The key under which the image names its upload. */
    static final String MARK = "xenpatch_upload";
}
