package io.xenpatch.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Errors that ended a request before any controller of ours had it. */
@Hidden
@RestController
class ContainerErrors implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        var type = status instanceof Integer code ? Problems.ofStatus(code) : ProblemType.NOT_FOUND;
        var answer = Problems.answer(
                new ProblemException(type, Problems.detail(type)), new HttpHeaders(), new ServletWebRequest(request));
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .body(Problems.body(
                        new ProblemException(type, Problems.detail(type)),
                        Objects.toString(path, request.getRequestURI())));
    }
}
