package io.xenpatch.simulator.repository;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a repository's {@code updateinfo.xml} tells.
 *
 * @param apiVersion the XAPI that it was made for; null if it doesn't say
 * @param updates in the order of the file
 */
public record UpdatesInfo(@Nullable String apiVersion, List<UpdateRecord> updates) {
    /** A repository without updates. */
    public static final UpdatesInfo EMPTY = new UpdatesInfo(null, List.of());

    public UpdatesInfo {
        updates = List.copyOf(updates);
    }

    /** The update of that id. */
    public Optional<UpdateRecord> find(String id) {
        return updates.stream().filter(update -> update.id().equals(id)).findFirst();
    }
}
