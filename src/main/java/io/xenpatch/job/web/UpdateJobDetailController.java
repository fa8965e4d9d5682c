package io.xenpatch.job.web;

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
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.job.HostProgress;
import io.xenpatch.job.JobReading;
import io.xenpatch.job.StepProgress;
import io.xenpatch.job.UpdateJobReport;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
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
    private static final String STREAMED = """
                        id: 125
                        event: host-update.succeeded
                        data: {"position":125,"type":"host-update.succeeded","at":"2026-11-26T08:17:48.712675Z","poolUuid":"7121f6a3-0e0d-3c14-8ed0-5368f7366f79","hostUuid":"8ba5e75c-d6f9-37b3-9dc4-298d9f6e2b6d","jobId":"639cffac-dadd-4ecc-b8e2-2f9814925fee","data":{"host":"legacy-host-3","outcome":"REBOOTED"}}

                        """;

    private final JobReading reading;
    private final EventAnswers answers;

    UpdateJobDetailController(JobReading reading, EventAnswers answers) {
        this.reading = reading;
        this.answers = answers;
    }

    @GetMapping("/hosts")
    @Operation(
            operationId = "listHostsOfUpdateJob",
            summary = "List the hosts of an update job",
            description = "In the order of the work, coordinator first; none before the work is planned.")
    @ApiResponse(responseCode = "200", description = "One page")
    @CanFailWith(ProblemType.UPDATE_JOB_NOT_FOUND)
    Page<HostProgress> hosts(Caller caller, @UpdateJobIdParameter @PathVariable UUID id, PageRequest page) {
        return reading.hosts(caller, id, page);
    }

    @GetMapping("/steps")
    @Operation(
            operationId = "listStepsOfUpdateJob",
            summary = "List the steps of an update job",
            description = "Of all hosts, in the order of the work.")
    @ApiResponse(responseCode = "200", description = "One page")
    @CanFailWith(ProblemType.UPDATE_JOB_NOT_FOUND)
    Page<StepProgress> steps(Caller caller, @UpdateJobIdParameter @PathVariable UUID id, PageRequest page) {
        return reading.steps(caller, id, page);
    }

    @GetMapping(path = "/report", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getReportOfUpdateJob",
            summary = "Read the report of an update job",
            description =
                    "Everything that is kept: request, prechecks, decisions planned and observed, steps, failures, "
                            + "times. Also while the job runs.")
    @ApiResponse(responseCode = "200", description = "The report as it stands now")
    @CanFailWith(ProblemType.UPDATE_JOB_NOT_FOUND)
    UpdateJobReport report(Caller caller, @UpdateJobIdParameter @PathVariable UUID id) {
        return reading.report(caller, id);
    }

    // one method for both: two with different "produces" would leave "*/*", which most clients send, to chance
    @GetMapping(
            path = "/events",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Operation(
            operationId = "listEventsOfUpdateJob",
            summary = "List or stream what happened in an update job",
            description =
                    "Oldest first, in pages. With `Accept: text/event-stream` it is a live stream: from the beginning "
                            + "of the job, or from after `Last-Event-ID`, and on as things happen.")
    @ApiResponse(
            responseCode = "200",
            description = "One page, or the stream",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = JobEventPage.class)),
                @Content(
                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                        schema =
                                @Schema(
                                        type = "string",
                                        description =
                                                "Server-Sent Events: `id` is the position, `event` the type, `data` an Event as JSON"),
                        examples = @ExampleObject(name = "stream", value = STREAMED))
            })
    @CanFailWith(ProblemType.UPDATE_JOB_NOT_FOUND)
    Object events(
            Caller caller,
            HttpMethod method,
            @UpdateJobIdParameter @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            @Parameter(description = "Streams only: go on after this position, for example `41`")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String lastEventId,
            PageRequest page) {
        reading.get(caller, id);
        return answers.answer(
                method, accept, MediaType.APPLICATION_JSON, caller, EventFilter.ofJob(id), () -> lastEventId, page);
    }

    /**
     * One page of a list.
     *
     * @param items oldest first
     * @param nextCursor for {@code cursor} of the next page; null = this is the last
     */
    record JobEventPage(List<Event> items, @Nullable String nextCursor) {}
}
