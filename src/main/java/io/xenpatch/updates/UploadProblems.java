package io.xenpatch.updates;

import io.xenpatch.pool.XapiProblems;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.XapiFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** What a failed upload is for whoever sent it, and for the history. */
final class UploadProblems {
    /** The word for an upload that was ended because the service was being stopped. */
    static final String SERVICE_STOPPED = "SERVICE_STOPPED";

    private static final String REMOVED = " What was written is removed from the pool.";

    private UploadProblems() {}

    /** A short word for the history: XAPI's code or ours. */
    static String word(Throwable thrown, UploadBody body) {
        if (body.failure().isPresent()) {
            return "SENDER_LEFT";
        }
        var cause = cause(thrown);
        if (cause instanceof XapiFailure.Refused refused) {
            return refused.code();
        }
        return cause instanceof ProblemException problem ? problem.type().name() : kind(cause);
    }

    private static String kind(Throwable cause) {
        if (cause instanceof UploadAborted aborted) {
            return aborted.isForTheStop() ? SERVICE_STOPPED : "ABORTED";
        }
        return cause instanceof XapiFailure ? "POOL_UNREACHABLE" : "INTERNAL_ERROR";
    }

    static RuntimeException of(Throwable thrown, UploadBody body, String poolName) {
        var cause = cause(thrown);
        if (body.failure().isPresent()) {
            return problem(ProblemType.MALFORMED_REQUEST, "The body broke off before its end.", Map.of());
        } else if (cause instanceof UploadAborted aborted) {
            return problem(ProblemType.SERVICE_UNAVAILABLE, ended(aborted), Map.of());
        } else if (cause instanceof XapiFailure.Refused refused) {
            return refused(refused, poolName);
        } else if (cause instanceof XapiFailure failure) {
            return XapiProblems.of(failure, poolName);
        }
        return cause instanceof RuntimeException other ? other : new IllegalStateException(cause);
    }

    private static String ended(UploadAborted aborted) {
        return aborted.isForTheStop()
                ? "The service is being stopped, which ended the upload. Send it again when the service is back."
                : "The upload was ended by the service.";
    }

    private static ProblemException refused(XapiFailure.Refused refused, String poolName) {
        return switch (refused.code()) {
            case "INVALID_UPDATE" ->
                problem(
                        ProblemType.INVALID_UPDATE,
                        "Pool " + poolName + " does not take the image as an update.",
                        xapiError(refused));
            case "SR_FULL" ->
                problem(
                        ProblemType.POOL_STORAGE_FULL,
                        "The storage of pool " + poolName + " has no room for the image.",
                        xapiError(refused));
            default -> XapiProblems.of(refused, poolName);
        };
    }

    private static Map<String, Object> xapiError(XapiFailure.Refused refused) {
        return Map.of(
                "xapiError",
                Stream.concat(Stream.of(refused.code()), refused.parameters().stream())
                        .toList());
    }

    private static ProblemException problem(ProblemType type, String detail, Map<String, Object> properties) {
        return new ProblemException(type, detail + REMOVED, List.of(), properties);
    }

    /** What a chain of futures failed with. */
    static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
