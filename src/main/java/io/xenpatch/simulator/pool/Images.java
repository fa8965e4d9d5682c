package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The images that clients made: the room they take, and how what was written into them begins. The rest is only counted. */
final class Images {
    /** The state of an image into which something is written or from which an update is read. */
    static final String IN_USE = "blocked";

    private final Database db;
    private final Map<String, Long> taken = new HashMap<>();
    private final Map<String, byte[]> heads = new HashMap<>();

    Images(Database db) {
        this.db = db;
    }

    /** Bytes that a repository has left. */
    static long free(Row sr) {
        return sr.number("physical_size") - sr.number("physical_utilisation");
    }

    /** @throws ApiFailure SR_FULL */
    void allocate(Row sr, Row vdi, long size) {
        taken.put(vdi.ref(), size);
        use(sr, size);
    }

    /** @throws ApiFailure SR_FULL */
    static void assertRoom(Row sr, long size) {
        if (size > free(sr)) {
            throw ApiFailure.of("SR_FULL", String.valueOf(size), String.valueOf(Math.max(0, free(sr))));
        }
    }

    private void use(Row sr, long more) {
        db.set(sr, "physical_utilisation", sr.number("physical_utilisation") + more);
    }

    /** What was written into an image. @param head its first bytes */
    void written(Row vdi, byte[] head) {
        heads.put(vdi.ref(), head);
    }

    /** The first bytes of what was written into an image; none when nothing was. */
    byte[] head(Row vdi) {
        return Objects.requireNonNullElseGet(heads.get(vdi.ref()), () -> new byte[0]);
    }

    /** @throws ApiFailure VDI_IN_USE */
    static void assertUnused(Row vdi) {
        if (!vdi.list("VBDs").isEmpty() || vdi.map("current_operations").containsValue(IN_USE)) {
            throw ApiFailure.of("VDI_IN_USE", vdi.ref(), "destroy");
        }
    }

    /** Removes an image and gives its room back. */
    void destroy(Row vdi) {
        heads.remove(vdi.ref());
        var size = taken.remove(vdi.ref());
        var sr = db.find("SR", vdi.text("SR"));
        if (size != null && sr != null) {
            use(sr, -size);
        }
        db.destroy(vdi);
    }
}
