package io.xenpatch.eventlog.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.Event;
import io.xenpatch.eventlog.EventFilter;
import io.xenpatch.eventlog.EventPages;
import io.xenpatch.eventlog.EventStreams;
import io.xenpatch.http.PageRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that happened, live or as pages. */
@RestController
@Tag(name = "History")
class EventController {
    private final EventStreams streams;
    private final EventPages pages;

    EventController(EventStreams streams, EventPages pages) {
        this.streams = streams;
        this.pages = pages;
    }

    // one method for both: two with different "produces" would leave "*/*", which most clients send, to chance
    @GetMapping(
            path = "/api/v1/events",
            produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            summary = "Everything that happens",
            description =
                    "Live, as Server-Sent Events: `id` is the position, `event` the type, `data` the event. `Last-Event-ID`"
                            + " resumes after a position (0 = from the beginning); without it only what happens from now on is sent."
                            + " With `Accept: application/json` it is what happened, oldest first, in pages.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(implementation = Event.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = EventPage.class))
            })
    Object events(
            Caller caller,
            @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable UUID jobId,
            @RequestParam(required = false) @Nullable UUID poolUuid,
            PageRequest page) {
        var filter = new EventFilter(jobId, poolUuid);
        if (wantsPages(accept)) {
            return pages.page(caller, filter, page);
        }
        return streams.open(caller, filter, lastEventId == null ? streams.now() : lastEventId);
    }

    private static boolean wantsPages(@Nullable String accept) {
        var types = MediaType.parseMediaTypes(accept);
        return types.contains(MediaType.APPLICATION_JSON) && !types.contains(MediaType.TEXT_EVENT_STREAM);
    }

    /** For the documentation only: a page of events. */
    record EventPage(List<Event> items, @Nullable String nextCursor) {}
}
