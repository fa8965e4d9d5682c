package io.xenpatch.eventlog;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.Accept;
import io.xenpatch.http.PageRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Events in the form that a caller wants: live, or as a page. */
@Component
public class EventAnswers {
    private final EventPages pages;
    private final EventStreams streams;

    EventAnswers(EventPages pages, EventStreams streams) {
        this.pages = pages;
        this.streams = streams;
    }

    /**
     * What a controller returns.
     *
     * @param usual the form for callers who take both
     * @param lastEventId asked only for a stream
     */
    public Object answer(
            HttpMethod method,
            @Nullable String accept,
            MediaType usual,
            Caller caller,
            EventFilter filter,
            Supplier<@Nullable String> lastEventId,
            PageRequest page) {
        var other = usual.equals(MediaType.APPLICATION_JSON) ? MediaType.TEXT_EVENT_STREAM : MediaType.APPLICATION_JSON;
        var form = Accept.of(accept).better(usual, other);
        if (!form.equals(MediaType.TEXT_EVENT_STREAM)) {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(pages.page(caller, filter, page));
        }
        // nothing is ever written to the asker of HEAD, so nobody would notice that it went away
        return method.equals(HttpMethod.HEAD)
                ? ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).build()
                : streams.open(caller, filter, lastEventId.get());
    }
}
