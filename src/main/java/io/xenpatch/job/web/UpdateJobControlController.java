package io.xenpatch.job.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.job.JobControls;
import io.xenpatch.job.JobReading;
import io.xenpatch.job.UpdateJob;
import io.xenpatch.job.UpdateJobs;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people may do to a job that exists. */
@RestController
@RequestMapping("/api/v1/update-jobs/{id}")
@Tag(name = "Update jobs")
class UpdateJobControlController {
    private final JobControls controls;
    private final UpdateJobs jobs;
    private final JobReading reading;

    UpdateJobControlController(JobControls controls, UpdateJobs jobs, JobReading reading) {
        this.controls = controls;
        this.jobs = jobs;
        this.reading = reading;
    }

    @PostMapping("/pause")
    @Operation(
            operationId = "pauseUpdateJob",
            summary = "Pause an update job",
            description =
                    "No further host begins; hosts in progress are finished. The job keeps its pools, and what it changed"
                            + " for the time of the work stays changed. A job that waits does not begin. Asking again changes nothing.")
    @ApiResponse(responseCode = "202", description = "The job")
    @CanFailWith({ProblemType.UPDATE_JOB_NOT_FOUND, ProblemType.INVALID_STATE})
    ResponseEntity<UpdateJob> pause(Caller caller, @UpdateJobIdParameter @PathVariable UUID id) {
        return ResponseEntity.accepted().body(controls.pause(caller, id));
    }

    @PostMapping("/resume")
    @Operation(
            operationId = "resumeUpdateJob",
            summary = "Resume an update job",
            description =
                    "Ends a pause. Each host is judged again before it begins. Where there is no pause, nothing changes.")
    @ApiResponse(responseCode = "202", description = "The job")
    @CanFailWith({ProblemType.UPDATE_JOB_NOT_FOUND, ProblemType.INVALID_STATE})
    ResponseEntity<UpdateJob> resume(Caller caller, @UpdateJobIdParameter @PathVariable UUID id) {
        return ResponseEntity.accepted().body(controls.resume(caller, id));
    }

    @PostMapping("/cancel")
    @Operation(
            operationId = "cancelUpdateJob",
            summary = "Cancel an update job",
            description = "Hosts in progress are brought to a safe point, no further host begins. Asking again changes "
                    + "nothing.")
    @ApiResponse(
            responseCode = "202",
            description = "The job; `GET` with `Prefer: wait=N` waits for its end",
            content =
                    @Content(
                            schema = @Schema(implementation = UpdateJob.class),
                            examples = @ExampleObject(name = "cancel-requested", ref = "UpdateJob-cancel-requested")))
    @CanFailWith({ProblemType.UPDATE_JOB_NOT_FOUND, ProblemType.INVALID_STATE})
    ResponseEntity<UpdateJob> cancel(Caller caller, @UpdateJobIdParameter @PathVariable UUID id) {
        return ResponseEntity.accepted().body(controls.cancel(caller, id));
    }

    @PostMapping("/hosts/{hostUuid}/skip")
    @Operation(
            operationId = "skipHostOfUpdateJob",
            summary = "Leave a host out of an update job",
            description =
                    "A host that has begun goes back into service as long as its update has not been applied. Members of a"
                            + " pool whose coordinator is left out and lacks the update are left out with it. Asking again changes"
                            + " nothing.")
    @ApiResponse(responseCode = "202", description = "The job")
    @CanFailWith({ProblemType.UPDATE_JOB_NOT_FOUND, ProblemType.HOST_NOT_FOUND, ProblemType.INVALID_STATE})
    ResponseEntity<UpdateJob> skip(
            Caller caller,
            @UpdateJobIdParameter @PathVariable UUID id,
            @Parameter(description = "XAPI uuid of the host", example = "8ba5e75c-d6f9-37b3-9dc4-298d9f6e2b6d")
                    @PathVariable
                    UUID hostUuid) {
        return ResponseEntity.accepted().body(controls.skip(caller, id, hostUuid));
    }

    @PostMapping("/retry")
    @Operation(
            operationId = "retryUpdateJob",
            summary = "Retry an update job",
            description =
                    "Starts a new job with the same request; `retryOf` names this one. Hosts that have the update already"
                            + " need nothing. A start time that is past means now, a maintenance window its next opening. As long as a"
                            + " retry has not ended, asking again names it.")
    @ApiResponse(responseCode = "202", description = "The new job; its address is in `Location`")
    @CanFailWith({
        ProblemType.UPDATE_JOB_NOT_FOUND,
        ProblemType.INVALID_STATE,
        ProblemType.POOL_NOT_FOUND,
        ProblemType.HOST_NOT_FOUND,
        ProblemType.UPDATE_NOT_FOUND,
        ProblemType.POOL_BUSY,
        ProblemType.IDEMPOTENCY_KEY_REUSED
    })
    ResponseEntity<UpdateJob> retry(
            Caller caller,
            @Parameter(description = "1 to 255 characters, new for each new job, for example `CHG-1042`")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            @UpdateJobIdParameter @PathVariable UUID id) {
        UUID again = jobs.retry(caller, key, id);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/update-jobs/" + again))
                .body(reading.get(caller, again));
    }
}
