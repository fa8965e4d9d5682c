package io.xenpatch.assessment.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.assessment.AssessmentState;
import io.xenpatch.assessment.Assessments;
import io.xenpatch.assessment.Explanation;
import io.xenpatch.assessment.UpdateRequest;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.http.Wait;
import io.xenpatch.http.Waiting;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

@RestController
@RequestMapping("/api/v1/assessments")
@Tag(name = "Assessments")
class AssessmentController {

    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);
    private static final Predicate<AssessmentView> DONE = found -> found.state() != AssessmentState.RUNNING;

    private final Assessments assessments;
    private final Waiting waiting;

    AssessmentController(Assessments assessments, Waiting waiting) {
        this.assessments = assessments;
        this.waiting = waiting;
    }

    @PostMapping
    @Operation(operationId = "startAssessment", summary = "Assess an update", description = """
                    Reads the pools, asks each host whether the update fits and whether a live patch exists, asks who can't be
                    moved where a host would restart, and answers with prechecks and a plan. `Prefer: wait=N` waits up to N
                    seconds (default 30, at most 300) for the end; after that the answer has the state RUNNING and what is known
                    so far, and `GET` on its Location goes on waiting. A pool that can't be read is BLOCKED with the precheck
                    POOL_UNREACHABLE.""")
    @ApiResponse(responseCode = "201", description = "The assessment; its address is in `Location`")
    @CanFailWith({
        ProblemType.POOL_NOT_FOUND,
        ProblemType.HOST_NOT_FOUND,
        ProblemType.UPDATE_NOT_FOUND,
        ProblemType.CONFLICTING_FIELDS
    })
    DeferredResult<ResponseEntity<AssessmentView>> start(Caller caller, Wait wait, @RequestBody UpdateRequest request) {
        UUID id = assessments.start(caller, request).id();
        URI location = URI.create("/api/v1/assessments/" + id);
        return waiting.until(
                id,
                wait.orElse(DEFAULT_WAIT),
                () -> AssessmentView.of(assessments.get(caller, id)),
                DONE,
                found -> ResponseEntity.created(location).body(found));
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getAssessment",
            summary = "Read an assessment",
            description = "`Prefer: wait=N` waits up to N seconds (default 30, at most 300) while it is RUNNING. "
                    + "`Accept: text/markdown` answers the same in sentences, for people.")
    @ApiResponse(responseCode = "200", description = "The assessment as it is known now")
    @CanFailWith(ProblemType.ASSESSMENT_NOT_FOUND)
    DeferredResult<ResponseEntity<AssessmentView>> get(
            Caller caller, Wait wait, @AssessmentIdParameter @PathVariable UUID id) {
        return waiting.until(
                id,
                wait.orElse(DEFAULT_WAIT),
                () -> AssessmentView.of(assessments.get(caller, id)),
                DONE,
                ResponseEntity::ok);
    }

    /** The same as sentences. Whoever accepts anything gets JSON: only who asks for Markdown comes here. */
    @GetMapping(path = "/{id}", produces = MARKDOWN)
    @Operation(hidden = true)
    DeferredResult<ResponseEntity<String>> explain(
            Caller caller, Wait wait, @AssessmentIdParameter @PathVariable UUID id) {
        return waiting.until(
                id,
                wait.orElse(DEFAULT_WAIT),
                () -> assessments.get(caller, id),
                found -> found.state() != AssessmentState.RUNNING,
                found -> ResponseEntity.ok(Explanation.of(found)));
    }

    @GetMapping
    @Operation(operationId = "listAssessments", summary = "List assessments", description = "The newest first.")
    @ApiResponse(responseCode = "200", description = "One page")
    Page<AssessmentView> list(Caller caller, PageRequest page) {
        return assessments.list(caller, page).map(AssessmentView::of);
    }
}
