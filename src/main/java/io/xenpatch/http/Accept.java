package io.xenpatch.http;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The forms of an answer that a caller takes, as the header of that name says. */
public final class Accept {
    private final List<MediaType> ranges;

    private Accept(List<MediaType> ranges) {
        this.ranges = ranges;
    }

    /** @throws ProblemException {@code not-acceptable} when the header can't be read */
    public static Accept of(@Nullable String header) {
        try {
            var ranges = MediaType.parseMediaTypes(header);
            return new Accept(ranges.isEmpty() ? List.of(MediaType.ALL) : ranges);
        } catch (InvalidMediaTypeException e) {
            throw new ProblemException(
                    ProblemType.NOT_ACCEPTABLE,
                    "The Accept header can't be read. Leave it out, or send application/json.");
        }
    }

    /** Whether this form is welcome, in whatever order. */
    public boolean takes(MediaType form) {
        return quality(form) > 0;
    }

    /** Whether this very form is listed, not only a range around it. */
    public boolean names(MediaType form) {
        return ranges.stream().anyMatch(form::equalsTypeAndSubtype);
    }

    /** The form with the higher quality; of equal ones that which is named, else the usual one. */
    public MediaType better(MediaType usual, MediaType other) {
        int compared = Double.compare(quality(usual), quality(other));
        if (compared != 0) {
            return compared > 0 ? usual : other;
        }
        return names(other) && !names(usual) ? other : usual;
    }

    private double quality(MediaType form) {
        return ranges.stream()
                .filter(range -> range.includes(form))
                .max(Comparator.comparing((MediaType range) -> !range.isWildcardType())
                        .thenComparing(range -> !range.isWildcardSubtype()))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }
}
