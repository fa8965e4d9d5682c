package io.xenpatch.updates;

/** An upload was ended from outside: its time was over, its sender left, or another instance held this one for dead. */
final class UploadAborted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UploadAborted() {
        super("the upload was ended", null, false, false);
    }
}
