package io.xenpatch.job.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.Event;
import io.xenpatch.eventlog.EventFilter;
import io.xenpatch.eventlog.EventPages;
import io.xenpatch.eventlog.EventStreams;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.job.HostProgress;
import io.xenpatch.job.JobReading;
import io.xenpatch.job.StepProgress;
import io.xenpatch.job.UpdateJobReport;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What goes on in a job, in detail. */
@RestController
@RequestMapping("/api/v1/update-jobs/{id}")
@Tag(name = "Update jobs")
class UpdateJobDetailController {
    private final JobReading reading;
    private final EventPages pages;
    private final EventStreams streams;

    UpdateJobDetailController(JobReading reading, EventPages pages, EventStreams streams) {
        this.reading = reading;
        this.pages = pages;
        this.streams = streams;
    }

    @GetMapping("/hosts")
    @Operation(
            summary = "The hosts of an update job",
            description = "In the order of the work, coordinator first; none before the work is planned.")
    @Parameter(name = "limit", in = ParameterIn.QUERY, example = "50")
    @Parameter(name = "cursor", in = ParameterIn.QUERY)
    Page<HostProgress> hosts(
            @Parameter(hidden = true) Caller caller,
            @PathVariable UUID id,
            @Parameter(hidden = true) PageRequest page) {
        return reading.hosts(caller, id, page);
    }

    @GetMapping("/steps")
    @Operation(summary = "The steps of an update job", description = "Of all hosts, in the order of the work.")
    @Parameter(name = "limit", in = ParameterIn.QUERY, example = "50")
    @Parameter(name = "cursor", in = ParameterIn.QUERY)
    Page<StepProgress> steps(
            @Parameter(hidden = true) Caller caller,
            @PathVariable UUID id,
            @Parameter(hidden = true) PageRequest page) {
        return reading.steps(caller, id, page);
    }

    @GetMapping(path = "/report", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "The report of an update job",
            description =
                    "Everything that is kept: request, prechecks, decisions planned and observed, steps, failures, "
                            + "times. Also while the job runs.")
    UpdateJobReport report(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return reading.report(caller, id);
    }

    // one method for both: two with different "produces" would leave "*/*", which most clients send, to chance
    @GetMapping(
            path = "/events",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Operation(
            summary = "What happened in an update job",
            description =
                    "Oldest first, in pages. With `Accept: text/event-stream` it is a live stream: from the beginning "
                            + "of the job, or from after `Last-Event-ID`, and on as things happen.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = JobEventPage.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(implementation = Event.class))
            })
    Object events(
            @Parameter(hidden = true) Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @Parameter(hidden = true) PageRequest page) {
        reading.get(caller, id);
        EventFilter filter = EventFilter.ofJob(id);
        return MediaType.parseMediaTypes(accept).contains(MediaType.TEXT_EVENT_STREAM)
                ? streams.open(caller, filter, lastEventId)
                : pages.page(caller, filter, page);
    }

    /** For the documentation only: a page of events. */
    record JobEventPage(List<Event> items, @Nullable String nextCursor) {}
}
