package io.xenpatch.job.web;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code label=key=value} query parameters. */
final class LabelFilter {

    private LabelFilter() {}

    /** @throws ProblemException {@code malformed-request} */
    static Map<String, String> parse(@Nullable List<String> parameters) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String parameter : Objects.requireNonNullElse(parameters, List.<String>of())) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        "label must be key=value, for example label=env=prod.",
                        List.of(new FieldError("label", "must be key=value")),
                        Map.of());
            }
            wanted.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        return wanted;
    }
}
