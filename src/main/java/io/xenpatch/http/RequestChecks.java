package io.xenpatch.http;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses, before anything is done, what would only fail afterwards. */
@Configuration(proxyBeanMethods = false)
class RequestChecks implements WebMvcConfigurer, HandlerInterceptor {
    private static final Set<String> ONLY_READ = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.getParameterMap().forEach((name, values) -> {
            if (Arrays.stream(values).anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw unkeepable(name);
            }
        });
        if (!ONLY_READ.contains(request.getMethod()) && handler instanceof HandlerMethod method && !method.isVoid()) {
            takesJson(request);
        }
        return true;
    }

    /** Spring notices only when it writes the answer; by then the change has happened. */
    private static void takesJson(HttpServletRequest request) {
        var accept = String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        if (!Accept.of(accept).takes(MediaType.APPLICATION_JSON)) {
            throw new ProblemException(
                    ProblemType.NOT_ACCEPTABLE,
                    "The answer is application/json, which the Accept header does not allow. Nothing was changed.");
        }
    }

    private static ProblemException unkeepable(String name) {
        var message = "must not hold the character U+0000";
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                name.replace('\0', ' ') + " " + message + ".",
                List.of(new FieldError(name.replace('\0', ' '), message)),
                Map.of());
    }
}
