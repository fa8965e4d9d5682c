package io.xenpatch.plan;

import io.xenpatch.xen.UpdateUuid;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Which updates a request is about; what that is on one pool depends on the pool's channel (R1). */
public sealed interface UpdateChoice {

    /** Exactly one of these is called. */
    <T> T fold(
            Function<UpdateUuid, T> image, Supplier<T> latest, Function<String, T> hash, Supplier<T> pendingTasksOnly);

    /** The choice as one word: a uuid, {@code latest}, {@code hash:…} or {@code pendingTasksOnly}. {@link #parse} reads it. */
    default String word() {
        return fold(
                UpdateUuid::toString, () -> Words.LATEST, hash -> Words.HASH + hash, () -> Words.PENDING_TASKS_ONLY);
    }

    /** @throws IllegalArgumentException when it is no word of {@link #word} */
    static UpdateChoice parse(String word) {
        if (word.equals(Words.LATEST)) {
            return new Latest();
        }
        if (word.equals(Words.PENDING_TASKS_ONLY)) {
            return new PendingTasksOnly();
        }
        return word.startsWith(Words.HASH)
                ? new AtHash(word.substring(Words.HASH.length()))
                : new Image(UpdateUuid.of(word));
    }

    /** The uuid of an {@link Image}. */
    default Optional<UpdateUuid> image() {
        return fold(Optional::of, Optional::empty, hash -> Optional.empty(), Optional::empty);
    }

    /** The hash that the repository must have (R36). */
    default Optional<String> requiredHash() {
        return fold(image -> Optional.empty(), Optional::empty, Optional::of, Optional::empty);
    }

    /** Whether it is what the pool's repository has. */
    default boolean isFromRepository() {
        return fold(image -> false, () -> true, hash -> true, () -> false);
    }

    /** One update image that the pool knows; always channel {@code POOL_UPDATE} (R1). */
    record Image(UpdateUuid uuid) implements UpdateChoice {
        @Override
        public <T> T fold(
                Function<UpdateUuid, T> image,
                Supplier<T> latest,
                Function<String, T> hash,
                Supplier<T> pendingTasksOnly) {
            return image.apply(uuid);
        }
    }

    /** All that the pool's channel has for its hosts. */
    record Latest() implements UpdateChoice {
        @Override
        public <T> T fold(
                Function<UpdateUuid, T> image,
                Supplier<T> latest,
                Function<String, T> hash,
                Supplier<T> pendingTasksOnly) {
            return latest.get();
        }
    }

    /**
     * All that the repository has, if it is in this state: a condition, not a selection (R36).
     *
     * @param hash of the repository's updates, as the pool has synchronised them
     */
    record AtHash(String hash) implements UpdateChoice {
        @Override
        public <T> T fold(
                Function<UpdateUuid, T> image,
                Supplier<T> latest,
                Function<String, T> hash,
                Supplier<T> pendingTasksOnly) {
            return hash.apply(this.hash);
        }
    }

    /** Nothing is applied: what earlier updates left to do is carried out. */
    record PendingTasksOnly() implements UpdateChoice {
        @Override
        public <T> T fold(
                Function<UpdateUuid, T> image,
                Supplier<T> latest,
                Function<String, T> hash,
                Supplier<T> pendingTasksOnly) {
            return pendingTasksOnly.get();
        }
    }

    /** How the choices are spelt. */
    final class Words {
        private static final String LATEST = "latest";
        private static final String HASH = "hash:";
        private static final String PENDING_TASKS_ONLY = "pendingTasksOnly";

        private Words() {}
    }
}
