package io.xenpatch.feed;

import io.xenpatch.xen.PublishedUpdates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The update feed as it was read last. Whoever asks never waits: reading goes on beside it. A copy stays until a better one was read;
 * it is kept in memory, so a service that starts anew reads it first.
 */
public final class UpdateFeed {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateFeed.class);

    private final @Nullable FeedSource source;
    private final String location;
    private final InstantSource time;
    private final Executor worker;
    private volatile FeedState state = FeedState.NOTHING;

    /**
     * @param source null = no feed is configured
     * @param location as people may see it; empty without a source
     * @param worker makes records of documents, which takes its time
     */
    UpdateFeed(@Nullable FeedSource source, String location, InstantSource time, Executor worker) {
        this.source = source;
        this.location = location;
        this.time = time;
        this.worker = worker;
    }

    /** The last good copy, however old; empty when no feed is configured, or none could be read yet. */
    public Optional<PublishedUpdates> current() {
        return Optional.ofNullable(state.document()).map(FeedDocument::published);
    }

    /** What people want to know of it. */
    public Status status() {
        var now = state;
        var document = now.document();
        return new Status(
                source == null ? FeedCondition.NOT_CONFIGURED : now.condition(),
                location,
                now.fetchedAt(),
                now.triedAt(),
                now.age(time.instant()),
                document == null ? 0 : document.published().updates().size(),
                document == null ? 0 : document.published().versions().size(),
                document == null ? List.of() : document.warnings(),
                now.failure());
    }

    /**
     * What is known of the feed.
     *
     * @param location empty when none is configured; without what may be secret
     * @param fetchedAt when the copy was read or confirmed; null while there is none
     * @param triedAt null while it was not tried
     * @param age of the copy; null while there is none
     * @param updates how many it describes
     * @param versions how many versions of the server it knows
     * @param failure why the last try failed; null when it did not
     */
    public record Status(
            FeedCondition condition,
            String location,
            @Nullable Instant fetchedAt,
            @Nullable Instant triedAt,
            @Nullable Duration age,
            int updates,
            int versions,
            List<String> warnings,
            @Nullable FeedFailure failure) {

        public Status {
            warnings = List.copyOf(warnings);
        }
    }

    boolean isConfigured() {
        return source != null;
    }

    /** @return whether it succeeded; never fails */
    CompletableFuture<Boolean> refresh() {
        if (source == null) {
            return CompletableFuture.completedFuture(false);
        }
        return CompletableFuture.completedFuture(state.marks())
                .thenCompose(source::read)
                .thenAcceptAsync(this::take, worker)
                .handle((done, failure) -> {
                    if (failure != null) {
                        note(failure);
                    }
                    return failure == null;
                });
    }

    private void take(FeedSource.Reading reading) {
        var now = time.instant();
        state = reading.fold(
                changed -> state.with(read(changed), changed.marks(), now), unchanged -> state.confirmed(now));
    }

    private FeedDocument read(FeedSource.Changed changed) {
        var document = FeedReader.read(changed.bytes());
        LOG.info(
                "The update feed at {} describes {} updates for {} versions; {} warnings",
                location,
                document.published().updates().size(),
                document.published().versions().size(),
                document.warnings().size());
        return document;
    }

    private void note(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        var known = cause instanceof FeedFailure told
                ? told
                : new FeedFailure(
                        FeedFailure.Code.INVALID,
                        "Reading it failed: " + cause.getClass().getSimpleName());
        LOG.warn("The update feed at {} could not be read: {} {}", location, known.code(), known.getMessage());
        state = state.failed(known, time.instant());
    }
}
