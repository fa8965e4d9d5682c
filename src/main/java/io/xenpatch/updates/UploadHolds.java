package io.xenpatch.updates;

import io.xenpatch.pool.PoolHolds;
import io.xenpatch.xen.PoolUuid;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Keeps a pool from being forgotten while an update image is on its way into it: nobody could remove the image any more. */
@Component
class UploadHolds implements PoolHolds {
    private final UploadStore store;

    UploadHolds(UploadStore store) {
        this.store = store;
    }

    @Override
    public Optional<Hold> holder(PoolUuid pool) {
        return store.runningInto(pool)
                .map(id -> new Hold(
                        "The upload of an update image",
                        "Wait for its end, or break it off.",
                        Map.of("uploadId", id.toString())));
    }
}
