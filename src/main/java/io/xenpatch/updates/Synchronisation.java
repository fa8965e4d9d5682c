package io.xenpatch.updates;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pool's fetching of what its repository has.
 *
 * @param id id of the synchronisation
 * @param poolUuid XAPI uuid of the pool
 * @param state how far it is
 * @param startedAt when it was asked for
 * @param endedAt when it ended; null while it runs
 * @param hash of the repository's updates as they are now: what a request's {@code update.hash} is compared with; null until it has
 *     succeeded
 * @param failure why it failed, in the server's own words: an error code and its parameters; null when it did not
 */
@Schema(name = "Synchronisation")
public record Synchronisation(
        UUID id,
        UUID poolUuid,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String hash,
        @Nullable String failure) {

    /** How far a synchronisation is. */
    @Schema(name = "SynchronisationState")
    public enum State {
        /** The pool works on it. */
        RUNNING,
        /** The pool has what its repository has. */
        SUCCEEDED,
        /** What the pool knew before still holds, unless the pool says otherwise. */
        FAILED
    }
}
