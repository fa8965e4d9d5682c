package io.xenpatch.job.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
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
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
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
@Tag(name = "Update jobs")
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
    @Operation(operationId = "startUpdateJob", summary = "Start an update job", description = """
                    Accepts the job and answers at once; the work goes on in the background, also over a restart of the service.
                    The prechecks come first: what blocks ends the job as REJECTED before any host is touched. The same
                    `Idempotency-Key` with the same body within 24 hours names the same job again.""")
    @ApiResponse(
            responseCode = "202",
            description = "The job; its address is in `Location`",
            content =
                    @Content(
                            schema = @Schema(implementation = UpdateJob.class),
                            examples = @ExampleObject(name = "accepted", ref = "UpdateJob-accepted")))
    @CanFailWith({
        ProblemType.POOL_NOT_FOUND,
        ProblemType.HOST_NOT_FOUND,
        ProblemType.UPDATE_NOT_FOUND,
        ProblemType.POOL_BUSY,
        ProblemType.CONFLICTING_FIELDS,
        ProblemType.IDEMPOTENCY_KEY_REUSED
    })
    ResponseEntity<UpdateJob> start(
            Caller caller,
            @Parameter(description = "1 to 255 characters, new for each new job, for example `CHG-1042`")
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
    @Operation(operationId = "listUpdateJobs", summary = "List update jobs", description = "The newest first.")
    @ApiResponse(responseCode = "200", description = "One page")
    Page<UpdateJob> list(
            Caller caller,
            @Parameter(description = "Only jobs in this state") @RequestParam(required = false) @Nullable
                    UpdateJobState state,
            @Parameter(description = "Only jobs on this pool") @RequestParam(required = false) @Nullable UUID poolUuid,
            @Parameter(
                            description =
                                    "`key=value`, for example `change=CHG-1042`: only jobs with this label; may be repeated, all must match")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> label,
            PageRequest page) {
        return reading.list(caller, new JobFilter(state, poolUuid, LabelFilter.parse(label)), page);
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getUpdateJob",
            summary = "Read an update job",
            description =
                    "`Prefer: wait=N` waits up to N seconds (at most 300) for its end; without it the answer is the "
                            + "job as it is now.")
    @ApiResponse(responseCode = "200", description = "The job")
    @CanFailWith(ProblemType.UPDATE_JOB_NOT_FOUND)
    DeferredResult<ResponseEntity<UpdateJob>> get(
            Caller caller, Wait wait, @UpdateJobIdParameter @PathVariable UUID id) {
        return waiting.until(
                id,
                wait.orElse(Duration.ZERO),
                () -> reading.get(caller, id),
                job -> job.state().isTerminal(),
                ResponseEntity::ok);
    }
}
