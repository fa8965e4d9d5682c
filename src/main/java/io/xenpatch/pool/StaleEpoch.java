package io.xenpatch.pool;

/** The pool is watched by somebody else now, is reached another way, or is forgotten: nothing was written. */
final class StaleEpoch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleEpoch(String message) {
        super(message);
    }
}
