package io.xenpatch.http;

import io.xenpatch.caller.Caller;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets controller methods take {@link Caller}, {@link PageRequest} and {@link Wait} as they are. */
@Configuration(proxyBeanMethods = false)
class RequestArguments implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Resolver(Caller.class, request -> Caller.localAdmin()));
        resolvers.add(new Resolver(PageRequest.class, RequestArguments::page));
        resolvers.add(new Resolver(Wait.class, RequestArguments::wait));
    }

    private static Wait wait(NativeWebRequest request) {
        var headers = request.getHeaderValues("Prefer");
        return Wait.parse(headers == null ? List.of() : Arrays.asList(headers));
    }

    private static PageRequest page(NativeWebRequest request) {
        var cursor = request.getParameter("cursor");
        return new PageRequest(
                limit(request.getParameter("limit")),
                cursor == null || cursor.isEmpty() ? Optional.empty() : Optional.of(Cursor.parse(cursor)));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return PageRequest.DEFAULT_LIMIT;
        }
        int limit = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > PageRequest.MAX_LIMIT) {
            var message = "must be a whole number from 1 to " + PageRequest.MAX_LIMIT;
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "limit " + message + ".",
                    List.of(new FieldError("limit", message)),
                    Map.of());
        }
        return limit;
    }

    private record Resolver(Class<?> type, Function<NativeWebRequest, Object> resolve)
            implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == type;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return resolve.apply(request);
        }
    }
}
