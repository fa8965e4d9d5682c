package io.xenpatch.feed;

import io.xenpatch.feed.FeedSource.Marks;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the feed at one moment.
 *
 * @param document the last good copy; null while there is none
 * @param marks of that copy
 * @param fetchedAt when that copy was read, or last found to be the present one; null while there is none
 * @param triedAt when it was last tried; null while it was not
 * @param failure why the last try failed; null when it did not
 */
record FeedState(
        @Nullable FeedDocument document,
        Marks marks,
        @Nullable Instant fetchedAt,
        @Nullable Instant triedAt,
        @Nullable FeedFailure failure) {

    static final FeedState NOTHING = new FeedState(null, Marks.NONE, null, null, null);

    FeedState with(FeedDocument read, Marks readMarks, Instant now) {
        return new FeedState(read, readMarks, now, now, null);
    }

    /** The copy is still what is there. */
    FeedState confirmed(Instant now) {
        return new FeedState(document, marks, now, now, null);
    }

    /** The copy stays. */
    FeedState failed(FeedFailure why, Instant now) {
        return new FeedState(document, marks, fetchedAt, now, why);
    }

    /** How old the copy is; null while there is none. */
    @Nullable
    Duration age(Instant now) {
        return fetchedAt == null ? null : Duration.between(fetchedAt, now);
    }

    FeedCondition condition() {
        if (document == null) {
            return failure == null ? FeedCondition.LOADING : FeedCondition.FAILED;
        }
        return failure == null ? FeedCondition.CURRENT : FeedCondition.OUTDATED;
    }
}
