package io.xenpatch.problem;

import io.xenpatch.problem.ProblemException.FieldError;
import java.util.List;
import java.util.Map;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;

/** Says why a body can't be read, with a pointer to the field and without a word of Java. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemException explain(HttpMessageNotReadableException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem; // a value refused by our own types
            }
        }
        var cause = e.getCause();
        if (cause instanceof StreamReadException syntax && !(cause instanceof InputCoercionException)) {
            return syntax(syntax);
        }
        if (cause instanceof JacksonException binding && !binding.getPath().isEmpty()) {
            return field(binding);
        }
        if (cause instanceof JacksonException) {
            return new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The body must be a JSON object as this call describes it.");
        }
        return new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is missing or can't be read.");
    }

    private static ProblemException syntax(StreamReadException e) {
        var location = e.getLocation();
        var where = location == null || location.getLineNr() < 0
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not valid JSON" + where + ".");
    }

    private static ProblemException field(JacksonException e) {
        var pointer = JsonPointer.of(e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .toList());
        var message = message(e);
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                pointer + " " + message + ".",
                List.of(new FieldError(pointer, message)),
                Map.of());
    }

    private static String message(JacksonException e) {
        if (e instanceof PropertyBindingException) {
            return "is not a field of this request";
        }
        if (e instanceof InputCoercionException coercion) { // a number without end
            return "must be " + Expected.of(coercion.getTargetType()) + " that is not too large";
        }
        if (e instanceof InvalidFormatException format && format.getTargetType() == String.class) {
            return "must be a text without the character U+0000 and without half surrogate pairs";
        }
        if (e instanceof MismatchedInputException mismatch) {
            return "must be " + Expected.of(mismatch.getTargetType());
        }
        return "is not a valid value";
    }
}
