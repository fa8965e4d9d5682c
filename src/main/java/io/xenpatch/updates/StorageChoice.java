package io.xenpatch.updates;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.SrSpace;
import io.xenpatch.xen.StorageSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where an image goes (xencenter.md §11.1): only the coordinator must see it. The pool's default storage, else what its hosts share, else
 * the coordinator's own; of several the one with most room.
 */
final class StorageChoice {
    /** Storage keeps records of its own beside an image: one part in so many, and whole blocks. */
    private static final long RECORDS = 100;

    private static final long BLOCK = 4L << 20;

    private StorageChoice() {}

    /**
     * @param size bytes of the image
     * @throws ProblemException {@code pool-storage-full} when it fits nowhere
     */
    static SrSpace choose(StorageSnapshot storage, long size, String poolName) {
        var places = storage.repositories().stream()
                .filter(sr -> sr.takesImages() && sr.attachedOn().contains(storage.coordinator()))
                .toList();
        return places.stream()
                .filter(sr -> sr.free() >= needed(size))
                .min(Comparator.<SrSpace>comparingInt(sr -> rank(sr, storage))
                        .thenComparing(Comparator.comparingLong(SrSpace::free).reversed())
                        .thenComparing(sr -> sr.uuid().value()))
                .orElseThrow(() -> full(places, size, poolName));
    }

    private static int rank(SrSpace sr, StorageSnapshot storage) {
        if (sr.uuid().equals(storage.defaultSr())) {
            return 0;
        }
        return sr.shared() ? 1 : 2;
    }

    /** Bytes that must be left for an image of this size. */
    static long needed(long size) {
        return size + size / RECORDS + BLOCK;
    }

    private static ProblemException full(List<SrSpace> places, long size, String poolName) {
        var most = places.stream().mapToLong(SrSpace::free).max().orElse(0);
        return new ProblemException(
                ProblemType.POOL_STORAGE_FULL,
                "No storage that the coordinator of pool " + poolName + " sees has room for the image: " + needed(size)
                        + " bytes are needed, at most " + Math.max(0, most) + " are left.",
                List.of(),
                Map.of("neededBytes", needed(size), "freeBytes", Math.max(0, most)));
    }
}
