package io.xenpatch.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A feed in a file. */
final class FileFeed implements FeedSource {
    private final Path file;
    private final long largest;
    private final Executor worker;

    /**
     * @param largest bytes
     * @param worker reads it
     */
    FileFeed(Path file, long largest, Executor worker) {
        this.file = file;
        this.largest = largest;
        this.worker = worker;
    }

    @Override
    public CompletableFuture<Reading> read(Marks known) {
        return CompletableFuture.supplyAsync(() -> readNow(known), worker);
    }

    private Reading readNow(Marks known) {
        try {
            var marks = new Marks(
                    String.valueOf(Files.size(file)),
                    Files.getLastModifiedTime(file).toString());
            return marks.equals(known) ? new Unchanged() : new Changed(bytes(), marks);
        } catch (IOException e) {
            throw new FeedFailure(
                    FeedFailure.Code.FILE_NOT_READABLE, "The file " + file + " is not there or can't be read.");
        }
    }

    /** Not by its size alone: it may grow while it is read. */
    private byte[] bytes() throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes((int) Math.min(largest + 1, Integer.MAX_VALUE));
            if (bytes.length > largest) {
                throw new FeedFailure(
                        FeedFailure.Code.TOO_LARGE, "The file " + file + " has more than " + largest + " bytes.");
            }
            return bytes;
        }
    }
}
