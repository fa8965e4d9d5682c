package io.xenpatch.job.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.http.Wait;
import io.xenpatch.http.Waiting;
import io.xenpatch.job.JobFilter;
import io.xenpatch.job.JobReading;
import io.xenpatch.job.UpdateJob;
import io.xenpatch.job.UpdateJobRequest;
import io.xenpatch.job.UpdateJobState;
import io.xenpatch.job.UpdateJobs;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

@RestController
@RequestMapping("/api/v1/update-jobs")
@Tag(
        name = "Update jobs",
        description =
                "Bring an update to the hosts of pools: live patched where that is possible, otherwise host by host "
                        + "with the guests moved away. Jobs are kept as history.")
class UpdateJobController {
    private final UpdateJobs jobs;
    private final JobReading reading;
    private final Waiting waiting;

    UpdateJobController(UpdateJobs jobs, JobReading reading, Waiting waiting) {
        this.jobs = jobs;
        this.reading = reading;
        this.waiting = waiting;
    }

    @PostMapping
    @Operation(summary = "Start an update job", description = """
                    Accepts the job and answers at once; the work goes on in the background, also over a restart of the service.
                    The prechecks come first: what blocks ends the job as REJECTED before any host is touched. The same
                    `Idempotency-Key` with the same body within 24 hours names the same job again.""")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            examples = {
                                @ExampleObject(name = "whole pool", value = Examples.WHOLE_POOL),
                                @ExampleObject(name = "some hosts, never a reboot", value = Examples.LIVE_ONLY)
                            }))
    @ApiResponse(
            responseCode = "202",
            description = "The job; its address is in Location.",
            content = @Content(examples = @ExampleObject(value = Examples.JOB)))
    @ApiResponse(
            responseCode = "404",
            description = "pool-not-found, host-not-found or update-not-found",
            content = @Content)
    @ApiResponse(
            responseCode = "409",
            description = "pool-busy: `jobId` holds `poolUuid`; nothing was changed",
            content = @Content)
    @ApiResponse(
            responseCode = "422",
            description = "validation-failed, conflicting-fields or idempotency-key-reused",
            content = @Content)
    ResponseEntity<UpdateJob> start(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "1 to 255 characters, new for each new job")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            @RequestBody UpdateJobRequest request) {
        UUID id = jobs.start(caller, key, request);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/update-jobs/" + id))
                .body(reading.get(caller, id));
    }

    @GetMapping
    @Operation(
            summary = "List update jobs",
            description =
                    "The newest first, `limit` (1 to 200, default 50) a page; `cursor` takes the `nextCursor` of the "
                            + "page before.")
    @Parameter(name = "limit", in = ParameterIn.QUERY, example = "50")
    @Parameter(name = "cursor", in = ParameterIn.QUERY)
    Page<UpdateJob> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable UpdateJobState state,
            @RequestParam(required = false) @Nullable UUID poolUuid,
            @Parameter(description = "key=value; given more than once, all must match", example = "change=CHG-1042")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> label,
            @Parameter(hidden = true) PageRequest page) {
        return reading.list(caller, new JobFilter(state, poolUuid, LabelFilter.parse(label)), page);
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Read an update job",
            description =
                    "`Prefer: wait=N` waits up to N seconds (at most 300) for its end; without it the answer is the "
                            + "job as it is now.")
    @ApiResponse(
            responseCode = "200",
            description = "The job",
            content = @Content(examples = @ExampleObject(value = Examples.JOB)))
    @ApiResponse(responseCode = "404", description = "update-job-not-found", content = @Content)
    DeferredResult<ResponseEntity<UpdateJob>> get(
            @Parameter(hidden = true) Caller caller, @Parameter(hidden = true) Wait wait, @PathVariable UUID id) {
        return waiting.until(
                id,
                wait.orElse(Duration.ZERO),
                () -> reading.get(caller, id),
                job -> job.state().isTerminal(),
                ResponseEntity::ok);
    }

    @PostMapping("/{id}/cancel")
    @Operation(
            summary = "Cancel an update job",
            description = "Hosts in progress are brought to a safe point, no further host begins. Asking again changes "
                    + "nothing.")
    @ApiResponse(responseCode = "202", description = "The job; `GET` with `Prefer: wait=N` waits for its end.")
    @ApiResponse(responseCode = "404", description = "update-job-not-found", content = @Content)
    @ApiResponse(responseCode = "409", description = "invalid-state: it has ended otherwise", content = @Content)
    ResponseEntity<UpdateJob> cancel(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return ResponseEntity.accepted().body(jobs.cancel(caller, id));
    }
}
