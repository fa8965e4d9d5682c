package io.xenpatch.xen;

import org.jspecify.annotations.Nullable;

/**
 * A guest's drive for discs.
 *
 * @param disc what is in it; null when it is empty
 * @param sr where that is; null when it is empty, or the pool does not know it any more
 */
public record DriveSnapshot(
        VbdUuid uuid, @Nullable VdiUuid disc, @Nullable SrUuid sr) {}
