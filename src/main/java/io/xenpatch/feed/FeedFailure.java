package io.xenpatch.feed;

/** Why a feed could not be read. What it says is fit for people, and holds no secret. */
public final class FeedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Code code;

    FeedFailure(Code code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** In a word. */
    public enum Code {
        /** Nobody answers there. */
        UNREACHABLE,
        /** The server presents a certificate that is not trusted. */
        CERTIFICATE_NOT_TRUSTED,
        /** The server answers with another status than 200. */
        REFUSED,
        /** It took too long. */
        TIMED_OUT,
        /** It is larger than a feed may be. */
        TOO_LARGE,
        /** There is no such file, or it can't be read. */
        FILE_NOT_READABLE,
        /** What is there is no update feed. */
        NOT_A_FEED,
        /** It contradicts itself, or lacks what must be there. */
        INVALID
    }
}
