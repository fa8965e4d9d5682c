package io.xenpatch.updates;

/** An upload was ended from outside. */
final class UploadAborted extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean stopping;

    private UploadAborted(String why, boolean stopping) {
        super(why, null, false, false);
        this.stopping = stopping;
    }

    /** Its time was over, or another instance held this one for dead. */
    static UploadAborted ended() {
        return new UploadAborted("the upload was ended", false);
    }

    /** The service is being stopped. */
    static UploadAborted serviceStops() {
        return new UploadAborted("the service is being stopped", true);
    }

    /** Whether it was ended only because the service is being stopped: another try is worth it. */
    boolean isForTheStop() {
        return stopping;
    }
}
