package io.xenpatch.http;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a client is ready to wait: the preference {@code Prefer: wait=N} (RFC 7240), N seconds, at most 300. A controller method
 * takes it as a parameter without any annotation.
 *
 * @param wanted empty = the client said nothing, so the default of that call applies
 */
public record Wait(Optional<Duration> wanted) {
    /** More is not waited, whatever the client prefers. */
    public static final Duration LONGEST = Duration.ofSeconds(300);

    private static final Pattern PREFERENCE =
            Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?([^\\s,;\"]*)", Pattern.CASE_INSENSITIVE);

    static Wait parse(List<String> prefer) {
        var matcher = PREFERENCE.matcher(String.join(",", prefer));
        return matcher.find() ? new Wait(Optional.of(seconds(matcher.group(1)))) : new Wait(Optional.empty());
    }

    /** @param byDefault what is waited when the client said nothing */
    public Duration orElse(Duration byDefault) {
        return wanted.orElse(byDefault);
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]+")) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "Prefer: wait takes a whole number of seconds, for example wait=30.",
                    List.of(new FieldError("Prefer", "wait must be a whole number of seconds")),
                    Map.of());
        }
        var wanted = new BigInteger(text).min(BigInteger.valueOf(LONGEST.toSeconds()));
        return Duration.ofSeconds(wanted.longValue());
    }
}
