package io.xenpatch.job;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.assessment.ChosenUpdate;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.EventFilter;
import io.xenpatch.eventlog.EventPages;
import io.xenpatch.eventlog.EventStreams;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.IdempotencyKeys;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.http.Wait;
import io.xenpatch.http.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

@RestController
@RequestMapping("/api/v1/update-jobs")
@Tag(
        name = "Update jobs",
        description =
                "An update carried out on chosen hosts, pool by pool and host by host, coordinator first; live patched where "
                        + "that is possible. Survives the end of this service at any moment.")
class UpdateJobController {

    private static final String EXAMPLE =
            "{\"targets\": [{\"poolUuid\": \"5c0b1a3e-0000-4000-8000-000000000001\"}], \"update\": {\"uuid\": "
                    + "\"b0f1d2c3-0000-4000-8000-000000000002\"}, \"onLivePatchFailure\": \"WARN\"}";

    private final UpdateJobs jobs;
    private final IdempotencyKeys keys;
    private final Waiting waiting;
    private final EventPages pages;
    private final EventStreams streams;

    UpdateJobController(
            UpdateJobs jobs, IdempotencyKeys keys, Waiting waiting, EventPages pages, EventStreams streams) {
        this.jobs = jobs;
        this.keys = keys;
        this.waiting = waiting;
        this.pages = pages;
        this.streams = streams;
    }

    @PostMapping
    @Operation(
            summary = "Start an update job",
            description =
                    "Answers at once; the job runs in the background. The same `Idempotency-Key` with the same body within 24 "
                            + "hours answers with the job that the first request made.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(examples = @ExampleObject(value = EXAMPLE)))
    @ApiResponse(responseCode = "202", description = "The job; its address is in Location.")
    @ApiResponse(
            responseCode = "404",
            description = "pool-not-found, host-not-found or update-not-found",
            content = @Content)
    @ApiResponse(
            responseCode = "409",
            description = "pool-busy, naming the job that holds the pool",
            content = @Content)
    @ApiResponse(
            responseCode = "422",
            description = "validation-failed, conflicting-fields, idempotency-key-reused",
            content = @Content)
    ResponseEntity<JobView> start(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody UpdateJobRequest request) {
        // the pools are asked before any transaction is open
        ChosenUpdate chosen = jobs.check(caller, request);
        String id = keys.once(
                        caller,
                        "POST /update-jobs",
                        key,
                        request,
                        () -> jobs.start(caller, request, chosen).toString())
                .reference();
        JobView job = JobView.of(jobs.get(caller, UUID.fromString(id)));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/update-jobs/" + id))
                .body(job);
    }

    @GetMapping
    @Operation(summary = "List update jobs", description = "The newest first.")
    Page<JobView> list(Caller caller, PageRequest page) {
        long before = page.after().map(cursor -> cursor.longAt(0)).orElse(Long.MAX_VALUE);
        return Page.of(jobs.list(caller, before, page.rowsToRead()), page, job -> Cursor.of(job.number()))
                .map(JobView::of);
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Read an update job",
            description = "`Prefer: wait=N` waits up to N seconds (at most 300) for its end.")
    DeferredResult<ResponseEntity<JobView>> get(Caller caller, Wait wait, @PathVariable UUID id) {
        return waiting.until(
                id,
                wait.orElse(Duration.ZERO),
                () -> JobView.of(jobs.get(caller, id)),
                job -> job.state().isTerminal(),
                ResponseEntity::ok);
    }

    @GetMapping("/{id}/hosts")
    @Operation(
            summary = "The hosts of a job",
            description = "Each with the planned and the observed decision, its reasons and steps; coordinator first.")
    Page<HostUpdateView> hosts(Caller caller, @PathVariable UUID id) {
        return new Page<>(hostsOf(jobs.get(caller, id)), null);
    }

    @GetMapping("/{id}/steps")
    @Operation(summary = "The steps of a job", description = "In the order of the work.")
    Page<HostUpdateView.StepView> steps(Caller caller, @PathVariable UUID id) {
        List<HostUpdateView.StepView> steps = hostsOf(jobs.get(caller, id)).stream()
                .flatMap(host -> host.steps().stream())
                .toList();
        return new Page<>(steps, null);
    }

    @GetMapping(
            path = "/{id}/events",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Operation(
            summary = "The history of a job",
            description = "Oldest first, in pages; with `Accept: text/event-stream` live as Server-Sent Events, which "
                    + "`Last-Event-ID` resumes after a position.")
    Object events(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            PageRequest page) {
        EventFilter filter = EventFilter.ofJob(jobs.get(caller, id).id());
        boolean live = MediaType.parseMediaTypes(accept).contains(MediaType.TEXT_EVENT_STREAM);
        return live ? streams.open(caller, filter, lastEventId) : pages.page(caller, filter, page);
    }

    @GetMapping(path = "/{id}/report", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "The report of a job", description = "Everything that is kept of it, in one document.")
    Report report(Caller caller, @PathVariable UUID id) {
        UpdateJob job = jobs.get(caller, id);
        return new Report(JobView.of(job), hostsOf(job));
    }

    @PostMapping("/{id}/cancel")
    @Operation(
            summary = "Cancel an update job",
            description =
                    "No further host starts. A host on which the update is being applied is finished completely, its restarts "
                            + "included; one before that is enabled again and its VMs come home. Twice is like once.")
    @ApiResponse(responseCode = "202", description = "The job as it is now.")
    ResponseEntity<JobView> cancel(Caller caller, @PathVariable UUID id) {
        jobs.cancel(caller, id);
        return ResponseEntity.accepted().body(JobView.of(jobs.get(caller, id)));
    }

    private static List<HostUpdateView> hostsOf(UpdateJob job) {
        return job.pools().stream()
                .flatMap(pool -> pool.hosts().stream().map(host -> HostUpdateView.of(pool, host)))
                .toList();
    }

    /** The whole job. */
    record Report(JobView job, List<HostUpdateView> hosts) {}
}
