package io.xenpatch.problem;

import java.net.URI;

/**
 * Every kind of problem that the API answers with (RFC 9457). The slug is stable: {@code type} is {@code /problems/<slug>} and
 * {@code docs/problems/<slug>.md} explains it.
 */
public enum ProblemType {
    MALFORMED_REQUEST("malformed-request", 400, "The request can't be read"),
    VALIDATION_FAILED("validation-failed", 422, "Some fields are not valid"),
    CONFLICTING_FIELDS("conflicting-fields", 422, "Some fields exclude each other"),
    NOT_FOUND("not-found", 404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not take this method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "The answer can't have the wanted form"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The body has a form that is not understood here"),
    POOL_NOT_FOUND("pool-not-found", 404, "No such pool is registered"),
    HOST_NOT_FOUND("host-not-found", 404, "No such host is known"),
    UPDATE_NOT_FOUND("update-not-found", 404, "The pool does not know this update"),
    ASSESSMENT_NOT_FOUND("assessment-not-found", 404, "No such assessment is kept"),
    UPDATE_JOB_NOT_FOUND("update-job-not-found", 404, "No such update job is kept"),
    MAINTENANCE_WINDOW_NOT_FOUND("maintenance-window-not-found", 404, "No such maintenance window is defined"),
    POOL_ALREADY_REGISTERED("pool-already-registered", 409, "This pool is registered already"),
    POOL_BUSY("pool-busy", 409, "Another update job holds the pool"),
    INVALID_STATE("invalid-state", 409, "This is not possible in the present state"),
    ASSESSMENT_OUTDATED("assessment-outdated", 409, "The pool is no longer as it was assessed"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "This idempotency key was used for another request"),
    PRECONDITION_FAILED("precondition-failed", 412, "It was changed meanwhile"),
    PRECONDITION_REQUIRED("precondition-required", 428, "If-Match is needed here"),
    LENGTH_REQUIRED("length-required", 411, "Content-Length is needed here"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "The body is too large"),
    POOL_STORAGE_FULL("pool-storage-full", 409, "The pool has no room for this"),
    INVALID_UPDATE("invalid-update", 422, "The pool does not take this as an update"),
    POOL_UNREACHABLE("pool-unreachable", 502, "The pool does not answer"),
    POOL_AUTHENTICATION_FAILED("pool-authentication-failed", 422, "The pool refuses these credentials"),
    CERTIFICATE_CHANGED("certificate-changed", 409, "The pool presents another certificate than the pinned one"),
    NOT_A_POOL("not-a-pool", 502, "What answers there does not speak XAPI"),
    POOL_REFUSED("pool-refused", 502, "The pool refused the call"),
    NOT_IMPLEMENTED("not-implemented", 501, "This is not built yet"),
    SERVICE_UNAVAILABLE("service-unavailable", 503, "The service can't do this now"),
    INTERNAL_ERROR("internal-error", 500, "Something went wrong inside Xenpatch");

    private final String slug;
    private final int status;
    private final String title;

    ProblemType(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    public String slug() {
        return slug;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** {@code /problems/<slug>}. */
    public URI type() {
        return URI.create("/problems/" + slug);
    }
}
