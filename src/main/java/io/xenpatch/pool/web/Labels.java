package io.xenpatch.pool.web;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Labels as callers write them. */
final class Labels {
    private static final int MOST = 64;
    private static final int LONGEST_VALUE = 255;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");

    private Labels() {}

    /** @throws ProblemException {@code validation-failed} naming the label */
    static Map<String, String> checked(Map<String, @Nullable String> labels) {
        if (labels.size() > MOST) {
            throw ProblemException.invalid("/labels", "a pool has at most " + MOST + " labels");
        }
        var checked = new LinkedHashMap<String, String>();
        labels.forEach((key, value) -> {
            String pointer = "/labels/" + key.replace("~", "~0").replace("/", "~1");
            if (!KEY.matcher(key).matches()) {
                throw ProblemException.invalid(
                        pointer, "a key has 1 to 63 letters, digits, dots, dashes, underscores or slashes");
            }
            if (value == null || value.length() > LONGEST_VALUE) {
                throw ProblemException.invalid(
                        pointer, "a value is a text of at most " + LONGEST_VALUE + " characters");
            }
            checked.put(key, value);
        });
        return checked;
    }

    /** Reads {@code label=key=value} query parameters. @throws ProblemException {@code malformed-request} */
    static Map<String, String> filter(@Nullable List<String> parameters) {
        var wanted = new LinkedHashMap<String, String>();
        for (String parameter : parameters == null ? List.<String>of() : parameters) {
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
