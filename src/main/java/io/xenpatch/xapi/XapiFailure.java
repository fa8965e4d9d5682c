package io.xenpatch.xapi;

import java.util.List;
import java.util.function.Function;

/**
 * Why a call did not answer. Sealed: what to do depends on the kind, and on whether the call may have happened all the same.
 * Messages hold no secret.
 */
public abstract sealed class XapiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    XapiFailure(String message) {
        super(message);
    }

    /** Whether the pool may have done what was asked although no answer came: then observe, never repeat blindly. */
    public abstract boolean mayHaveHappened();

    /** What follows from each kind; a new kind makes every caller decide. */
    public final <T> T fold(
            Function<Refused, T> refused,
            Function<Unreachable, T> unreachable,
            Function<AnswerLost, T> answerLost,
            Function<CertificateRefused, T> certificateRefused,
            Function<AuthenticationFailed, T> authenticationFailed,
            Function<NotXapi, T> notXapi) {
        if (this instanceof Refused failure) {
            return refused.apply(failure);
        } else if (this instanceof Unreachable failure) {
            return unreachable.apply(failure);
        } else if (this instanceof AnswerLost failure) {
            return answerLost.apply(failure);
        } else if (this instanceof CertificateRefused failure) {
            return certificateRefused.apply(failure);
        } else if (this instanceof AuthenticationFailed failure) {
            return authenticationFailed.apply(failure);
        }
        return notXapi.apply((NotXapi) this);
    }

    /** XAPI's own error: the pool was reached and said no. */
    public static final class Refused extends XapiFailure {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final transient List<String> parameters;

        public Refused(String code, List<String> parameters) {
            super(code + " " + parameters);
            this.code = code;
            this.parameters = List.copyOf(parameters);
        }

        /** XAPI's error code, for example {@code HOST_STILL_BOOTING}. */
        public String code() {
            return code;
        }

        public List<String> parameters() {
            return parameters;
        }

        /** {@code CANNOT_CONTACT_HOST}: the connection to a member was lost in the middle of the call (R22). */
        @Override
        public boolean mayHaveHappened() {
            return code.equals("CANNOT_CONTACT_HOST");
        }
    }

    /** No connection: certainly not sent. */
    public static final class Unreachable extends XapiFailure {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message) {
            super(message);
        }

        @Override
        public boolean mayHaveHappened() {
            return false;
        }
    }

    /** Sent, then reset, half answered, answered with garbage or not in time. */
    public static final class AnswerLost extends XapiFailure {
        private static final long serialVersionUID = 1L;

        public AnswerLost(String message) {
            super(message);
        }

        @Override
        public boolean mayHaveHappened() {
            return true;
        }
    }

    /** The server presents a certificate that is not pinned (R38). Nothing was sent, credentials least of all. */
    public static final class CertificateRefused extends XapiFailure {
        private static final long serialVersionUID = 1L;
        private final String presented;
        private final boolean sent;

        /** @param presented SHA-256 of the leaf, 64 lower-case hex digits */
        public CertificateRefused(String message, String presented) {
            this(message, presented, false);
        }

        /** @param sent whether the certificate was only looked at after the call was sent, which takes a fault of ours */
        public CertificateRefused(String message, String presented, boolean sent) {
            super(message);
            this.presented = presented;
            this.sent = sent;
        }

        public String presented() {
            return presented;
        }

        @Override
        public boolean mayHaveHappened() {
            return sent;
        }
    }

    /** The pool refuses the credentials. */
    public static final class AuthenticationFailed extends XapiFailure {
        private static final long serialVersionUID = 1L;

        public AuthenticationFailed(String message) {
            super(message);
        }

        @Override
        public boolean mayHaveHappened() {
            return false;
        }
    }

    /** What answers there does not speak XAPI (no TLS, another protocol, an error page). */
    public static final class NotXapi extends XapiFailure {
        private static final long serialVersionUID = 1L;

        public NotXapi(String message) {
            super(message);
        }

        @Override
        public boolean mayHaveHappened() {
            return false;
        }
    }
}
