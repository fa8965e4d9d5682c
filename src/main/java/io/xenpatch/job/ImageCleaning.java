package io.xenpatch.job;

import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The image of an update that every host of the pool has only takes room: at the end of a pool it is cleaned away (xencenter.md §7.6).
 * The pool goes on knowing the update. It is tried once, and nothing depends on it.
 */
final class ImageCleaning {
    private static final Logger LOG = LoggerFactory.getLogger(ImageCleaning.class);

    private ImageCleaning() {}

    static void clean(Slice slice) {
        slice.pool().images().forEach(image -> clean(slice, image));
    }

    private static void clean(Slice slice, UpdateUuid image) {
        try {
            PoolSnapshot seen = slice.xapi().pool().observe();
            seen.update(image)
                    .filter(update -> update.uploaded() && isOnEveryHost(seen, update) && slice.hasTimeForACall())
                    .ifPresent(update -> clean(slice, update));
        } catch (XapiFailure failure) {
            LOG.info(
                    "The image of update {} stays in pool {}: {}",
                    image,
                    slice.pool().pool(),
                    failure.getMessage());
        }
    }

    private static boolean isOnEveryHost(PoolSnapshot pool, UpdateInfo update) {
        return pool.hosts().stream().noneMatch(host -> pool.lacks(host, update.uuid()));
    }

    private static void clean(Slice slice, UpdateInfo update) {
        XapiTaskRef task = slice.xapi().poolUpdates().clean(update.uuid());
        slice.save(
                slice.pool(),
                slice.poolEvent(
                        "pool-update.image-cleaned",
                        Map.of("updateUuid", update.uuid().value(), "task", task.value())));
    }
}
