package io.xenpatch.feed;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The place that a feed is read from. */
interface FeedSource {

    /**
     * Reads it, unless it is still what was read last.
     *
     * @param known what the place said of that; empty for the first time
     * @return fails with {@link FeedFailure}; waits for nothing
     */
    CompletableFuture<Reading> read(Marks known);

    /**
     * How a place tells one state of a document from another.
     *
     * @param tag {@code ETag}; for a file its size
     * @param modified {@code Last-Modified}; for a file its time
     */
    record Marks(String tag, String modified) {
        static final Marks NONE = new Marks("", "");
    }

    /** What was read. */
    sealed interface Reading {

        <T> T fold(Function<Changed, T> changed, Function<Unchanged, T> unchanged);
    }

    record Changed(byte[] bytes, Marks marks) implements Reading {
        @Override
        public <T> T fold(Function<Changed, T> changed, Function<Unchanged, T> unchanged) {
            return changed.apply(this);
        }
    }

    record Unchanged() implements Reading {
        @Override
        public <T> T fold(Function<Changed, T> changed, Function<Unchanged, T> unchanged) {
            return unchanged.apply(this);
        }
    }
}
