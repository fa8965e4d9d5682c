package io.xenpatch.updates;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;

/** The bytes of an upload as they come from whoever sends them. */
public interface UploadBody extends Flow.Publisher<ByteBuffer> {

    /** Has it fail as soon as it is read on, so that nothing is waited for any more. Its sender is not to blame. */
    void abort();

    /** Why its sender failed; empty while that has not happened. */
    Optional<Throwable> failure();
}
