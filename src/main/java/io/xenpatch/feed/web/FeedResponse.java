package io.xenpatch.feed.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.feed.FeedCondition;
import io.xenpatch.feed.FeedFailure;
import io.xenpatch.feed.UpdateFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The update feed as it was read last.
 *
 * @param state how it is
 * @param location the file or address it is read from, without a query; null when none is configured
 * @param fetchedAt when the copy that is used was read, or found to be still the present one; null while there is none
 * @param triedAt when reading it was last tried; null while it was not
 * @param age of the copy that is used; null while there is none
 * @param updates how many updates it describes
 * @param versions how many versions of the server it knows
 * @param warnings what in it leads nowhere; updates that depend on it are left out of every sequence
 * @param failure why the last try failed; null when it did not
 */
@Schema(name = "Feed")
record FeedResponse(
        FeedCondition state,
        @Nullable String location,
        @Nullable Instant fetchedAt,
        @Nullable Instant triedAt,
        @Nullable Duration age,
        int updates,
        int versions,
        List<String> warnings,
        @Nullable Failure failure) {

    /**
     * Why a feed could not be read.
     *
     * @param code in a word
     * @param detail in a sentence
     */
    @Schema(name = "FeedFailure")
    record Failure(FeedFailure.Code code, String detail) {

        static @Nullable Failure from(@Nullable FeedFailure failure) {
            return failure == null ? null : new Failure(failure.code(), String.valueOf(failure.getMessage()));
        }
    }

    static FeedResponse from(UpdateFeed.Status status) {
        return new FeedResponse(
                status.condition(),
                status.location().isEmpty() ? null : status.location(),
                status.fetchedAt(),
                status.triedAt(),
                status.age(),
                status.updates(),
                status.versions(),
                status.warnings(),
                Failure.from(status.failure()));
    }
}
