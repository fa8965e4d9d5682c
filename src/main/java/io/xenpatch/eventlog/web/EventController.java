package io.xenpatch.eventlog.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.Event;
import io.xenpatch.eventlog.EventAnswers;
import io.xenpatch.eventlog.EventFilter;
import io.xenpatch.eventlog.EventStreams;
import io.xenpatch.http.PageRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that happened, live or as pages. */
@RestController
@Tag(name = "History")
class EventController {
    private static final String STREAMED = """
                        id: 125
                        event: host-update.succeeded
                        data: {"position":125,"type":"host-update.succeeded","at":"2026-11-26T08:17:48.712675Z","poolUuid":"7121f6a3-0e0d-3c14-8ed0-5368f7366f79","hostUuid":"8ba5e75c-d6f9-37b3-9dc4-298d9f6e2b6d","jobId":"639cffac-dadd-4ecc-b8e2-2f9814925fee","data":{"host":"legacy-host-3","outcome":"REBOOTED"}}

                        """;

    private final EventStreams streams;
    private final EventAnswers answers;

    EventController(EventStreams streams, EventAnswers answers) {
        this.streams = streams;
        this.answers = answers;
    }

    // one method for both: two with different "produces" would leave "*/*", which most clients send, to chance
    @GetMapping(
            path = "/api/v1/events",
            produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            operationId = "listEvents",
            summary = "Stream or list everything that happens",
            description =
                    "Live, as Server-Sent Events: `id` is the position, `event` the type, `data` the event. `Last-Event-ID`"
                            + " resumes after a position (0 = from the beginning); without it only what happens from now on is sent."
                            + " With `Accept: application/json` it is what happened, oldest first, in pages.")
    @ApiResponse(
            responseCode = "200",
            description = "The stream, or one page",
            content = {
                @Content(
                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                        schema =
                                @Schema(
                                        type = "string",
                                        description =
                                                "Server-Sent Events: `id` is the position, `event` the type, `data` an Event as JSON"),
                        examples = @ExampleObject(name = "stream", value = STREAMED)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = EventPage.class))
            })
    Object events(
            Caller caller,
            HttpMethod method,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            @Parameter(description = "Streams only: go on after this position, for example `41`")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String lastEventId,
            @Parameter(description = "Only of this update job") @RequestParam(required = false) @Nullable UUID jobId,
            @Parameter(description = "Only of this pool") @RequestParam(required = false) @Nullable UUID poolUuid,
            PageRequest page) {
        return answers.answer(
                method,
                accept,
                MediaType.TEXT_EVENT_STREAM,
                caller,
                new EventFilter(jobId, poolUuid),
                () -> lastEventId == null ? streams.now() : lastEventId,
                page);
    }

    /**
     * One page of a list.
     *
     * @param items oldest first
     * @param nextCursor for {@code cursor} of the next page; null = this is the last
     */
    record EventPage(List<Event> items, @Nullable String nextCursor) {}
}
