package io.xenpatch.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;

/** Makes the body of an answer out of a problem. */
final class Problems {
    private static final Map<ProblemType, String> DETAILS = new EnumMap<>(Map.of(
            ProblemType.MALFORMED_REQUEST, "The request can't be read. The API's description is at /swagger-ui.html.",
            ProblemType.NOT_FOUND, "There is nothing at this address. What there is, is described at /swagger-ui.html.",
            ProblemType.METHOD_NOT_ALLOWED,
                    "This address does not take this method; the header Allow lists those it takes.",
            ProblemType.NOT_ACCEPTABLE,
                    "The answer can't have a form that the Accept header allows; application/json always works.",
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "The body's Content-Type is not understood here; most calls take application/json.",
            ProblemType.PAYLOAD_TOO_LARGE, "The body is larger than this call takes.",
            ProblemType.NOT_IMPLEMENTED, "The service does not know this method or encoding.",
            ProblemType.SERVICE_UNAVAILABLE, "The service can't do this now. Try again in a moment."));

    private static final int HTTP_VERSION_NOT_SUPPORTED = 505;
    private static final int MOST_ERRORS = 100;

    private Problems() {}

    static ResponseEntity<Object> answer(ProblemException problem, HttpHeaders headers, WebRequest request) {
        var path = request instanceof ServletWebRequest servlet
                ? servlet.getRequest().getRequestURI()
                : "";
        return ResponseEntity.status(problem.type().status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body(problem, path));
    }

    static ProblemDetail body(ProblemException problem, String path) {
        var type = problem.type();
        var body = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(type.status()), problem.detail());
        body.setType(type.type());
        body.setTitle(type.title());
        if (!path.isEmpty()) {
            body.setInstance(URI.create(path));
        }
        problem.properties().forEach(body::setProperty);
        if (!problem.errors().isEmpty()) {
            body.setProperty(
                    "errors", problem.errors().stream().limit(MOST_ERRORS).toList());
        }
        return body;
    }

    /** The general problem that a status stands for. */
    static ProblemType ofStatus(int status) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status && DETAILS.containsKey(type))
                .findFirst()
                .orElse(
                        status >= 400 && status < 500 || status == HTTP_VERSION_NOT_SUPPORTED
                                ? ProblemType.MALFORMED_REQUEST
                                : ProblemType.INTERNAL_ERROR);
    }

    /** What can be said when nothing but the type is known. */
    static String detail(ProblemType type) {
        return DETAILS.getOrDefault(type, type.title() + ".");
    }
}
