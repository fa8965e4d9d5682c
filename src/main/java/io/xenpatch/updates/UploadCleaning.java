package io.xenpatch.updates;

import io.xenpatch.pool.Pools;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VdiUuid;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Looks into the pool for the images of one upload, which name it in their {@code other_config}, and has them destroyed. It waits for
 * nothing: whether an image is gone is for the next look to see.
 */
@Component
class UploadCleaning {
    /** Gone already, or still being read or written: the next look will see. */
    private static final Set<String> NOTHING_TO_DO =
            Set.of("UUID_INVALID", "HANDLE_INVALID", "VDI_IN_USE", "OTHER_OPERATION_IN_PROGRESS");

    private final Pools pools;
    private final Duration settle;

    UploadCleaning(Pools pools, UploadSettings settings) {
        this.pools = pools;
        this.settle = settings.settle();
    }

    /** @throws XapiFailure when the pool can't be asked */
    Seen clean(Upload upload, Instant now) {
        var pool = pools.connection(upload.pool());
        var images = pool.vdis().marked(Upload.MARK, upload.id().toString());
        for (var image : images) {
            var introduced = upload.knownBefore() ? Optional.<UpdateUuid>empty() : updateOf(pool, image);
            if (introduced.isPresent()) {
                return new Seen(introduced, false);
            }
            destroy(pool, image);
        }
        return new Seen(Optional.empty(), images.isEmpty() && nothingCanAppear(upload, now));
    }

    /** The image of an update belongs to it from then on. */
    private static Optional<UpdateUuid> updateOf(XapiPool pool, VdiUuid image) {
        try {
            return pool.poolUpdates().of(image);
        } catch (XapiFailure.Refused e) {
            if (NOTHING_TO_DO.contains(e.code())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void destroy(XapiPool pool, VdiUuid image) {
        try {
            pool.vdis().destroy(image);
        } catch (XapiFailure.Refused e) {
            if (!NOTHING_TO_DO.contains(e.code())) {
                throw e;
            }
        }
    }

    /** An image of which the pool has told was there; one whose answer was lost may still come. */
    private boolean nothingCanAppear(Upload upload, Instant now) {
        var ended = Objects.requireNonNullElse(upload.endedAt(), Instant.EPOCH);
        return upload.imageKnown() || now.isAfter(ended.plus(settle));
    }

    /**
     * What a look showed.
     *
     * @param introduced the update that an image of the upload belongs to: it succeeded after all
     * @param isGone whether there is no image, and none can come any more
     */
    record Seen(Optional<UpdateUuid> introduced, boolean isGone) {}
}
