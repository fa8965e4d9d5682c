package io.xenpatch.job;

/** Another instance took the pool over: nothing of this slice was written. */
final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(Lease lease) {
        super("Lost " + lease);
    }
}
