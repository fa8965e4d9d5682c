package io.xenpatch.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem. The detail is read by people: it says what is the case and what can be done, and holds no
 * secret and no other exception's message.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> properties;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of());
    }

    /**
     * @param errors for validation: which fields, and why
     * @param properties extension members of the problem; values that Jackson can write
     */
    public ProblemException(ProblemType type, String detail, List<FieldError> errors, Map<String, Object> properties) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.properties = new LinkedHashMap<>(properties);
    }

    /** One invalid field of the body. */
    public static ProblemException invalid(String pointer, String message) {
        return new ProblemException(
                ProblemType.VALIDATION_FAILED,
                pointer + ": " + message,
                List.of(new FieldError(pointer, message)),
                Map.of());
    }

    /** Everything that is wrong with the body, in one answer. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(
                ProblemType.VALIDATION_FAILED, "The request has fields that are not valid.", errors, Map.of());
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        String detail = getMessage();
        return detail == null ? type.title() : detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> properties() {
        return Map.copyOf(properties);
    }

    /**
     * A field that is not valid.
     *
     * @param pointer JSON pointer into the body, for example {@code /targets/0/poolUuid}, or the name of a query parameter
     */
    public record FieldError(String pointer, String message) {}
}
