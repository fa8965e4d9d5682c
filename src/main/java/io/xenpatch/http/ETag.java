package io.xenpatch.http;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entity tags: they let two people edit the same thing without losing what one of them wrote. */
public final class ETag {

    private ETag() {}

    /** The strong tag of a version, quoted as the header wants it. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Lets a change through only if the client knows the present version.
     *
     * @param ifMatch the {@code If-Match} header
     * @throws ProblemException {@code precondition-required} when it is missing, {@code precondition-failed} when it names another version
     */
    public static void require(@Nullable String ifMatch, long currentVersion) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Read it first and send the ETag of that answer as If-Match, so that nobody's change is lost.");
        }
        var current = of(currentVersion);
        var matches = Arrays.stream(ifMatch.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(current));
        if (!matches) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "It was changed after you read it: its ETag is now " + current
                            + ". Read it again and repeat the change.");
        }
    }
}
