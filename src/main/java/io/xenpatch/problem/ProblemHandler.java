package io.xenpatch.problem;

import io.xenpatch.problem.ProblemException.FieldError;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers whatever a request ended with as a problem. Tells nothing of the inside: no class names, no messages of libraries. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemHandler extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler(ProblemException.class)
    ResponseEntity<Object> onProblem(ProblemException e, WebRequest request) {
        return Problems.answer(e, new HttpHeaders(), request);
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<Object> onDatabase(Exception e, WebRequest request) {
        log.warn("The database did not serve a request", e);
        return problem(
                ProblemType.SERVICE_UNAVAILABLE,
                "The database does not answer. Try again in a moment.",
                List.of(),
                request);
    }

    @ExceptionHandler(InvalidParameterException.class)
    ResponseEntity<Object> onParameters(InvalidParameterException e, WebRequest request) {
        return problem(
                ProblemType.MALFORMED_REQUEST,
                "The query can't be read: it must be UTF-8 text, percent-encoded, and have no more than 1000 parameters.",
                List.of(),
                request);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> onAnythingElse(Exception e, WebRequest request) {
        var incident = UUID.randomUUID();
        log.error("Incident {}: {}", incident, request.getDescription(false), e);
        return Problems.answer(
                new ProblemException(
                        ProblemType.INTERNAL_ERROR,
                        "The log of the service tells more under incident " + incident + ".",
                        List.of(),
                        Map.of("incident", incident)),
                new HttpHeaders(),
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return Problems.answer(UnreadableBody.explain(e), headers, request);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = e.getBindingResult().getAllErrors().stream()
                .map(error -> new FieldError(
                        error instanceof org.springframework.validation.FieldError field
                                ? JsonPointer.ofField(field.getField())
                                : "",
                        String.valueOf(error.getDefaultMessage())))
                .toList();
        return problem(ProblemType.VALIDATION_FAILED, sentence(errors), errors, request);
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldError(
                                error instanceof org.springframework.validation.FieldError field
                                        ? JsonPointer.ofField(field.getField())
                                        : String.valueOf(
                                                result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
        return problem(ProblemType.VALIDATION_FAILED, sentence(errors), errors, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var name = e instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(e.getPropertyName());
        var errors = List.of(new FieldError(name, "must be " + Expected.of(e.getRequiredType())));
        return problem(ProblemType.MALFORMED_REQUEST, sentence(errors), errors, request);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = List.of(new FieldError(e.getParameterName(), "must be given"));
        return problem(ProblemType.MALFORMED_REQUEST, sentence(errors), errors, request);
    }

    @Override
    protected ResponseEntity<Object> handleServletRequestBindingException(
            ServletRequestBindingException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = e instanceof MissingRequestHeaderException header
                ? List.of(new FieldError(header.getHeaderName(), "must be given"))
                : List.<FieldError>of();
        return problem(ProblemType.MALFORMED_REQUEST, sentence(errors), errors, request);
    }

    /** Everything else that Spring knows: only its status matters. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var type = Problems.ofStatus(status.value());
        if (type == ProblemType.INTERNAL_ERROR) {
            return onAnythingElse(e, request);
        }
        return Problems.answer(new ProblemException(type, Problems.detail(type)), headers, request);
    }

    private static ResponseEntity<Object> problem(
            ProblemType type, String detail, List<FieldError> errors, WebRequest request) {
        return Problems.answer(new ProblemException(type, detail, errors, Map.of()), new HttpHeaders(), request);
    }

    private static String sentence(List<FieldError> errors) {
        if (errors.isEmpty()) {
            return Problems.detail(ProblemType.MALFORMED_REQUEST);
        }
        var first = errors.get(0);
        var more = errors.size() == 1 ? "" : ", and " + (errors.size() - 1) + " more";
        return (first.pointer() + " " + first.message()).strip() + more + ".";
    }
}
