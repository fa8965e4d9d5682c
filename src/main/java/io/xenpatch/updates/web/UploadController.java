package io.xenpatch.updates.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.pool.UpdateView;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.updates.Upload;
import io.xenpatch.updates.UploadSettings;
import io.xenpatch.updates.Uploads;
import io.xenpatch.xen.PoolUuid;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;

/** Uploads of update images. */
@RestController
@Tag(name = "Inventory")
class UploadController {
    private final Uploads uploads;
    private final UploadSettings settings;

    UploadController(Uploads uploads, UploadSettings settings) {
        this.uploads = uploads;
        this.settings = settings;
    }

    @PostMapping(
            path = "/api/v1/pools/{poolUuid}/updates",
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "uploadUpdate", summary = "Upload an update", description = """
                    The body is the ISO image of an update or supplemental pack; it is passed on to the pool while it comes, as fast as
                    the pool takes it. `Content-Length` is needed. The image goes to the pool's default storage, else to shared storage,
                    else to local storage of the coordinator, and the pool introduces the update. When anything of that fails, nothing
                    stays in the pool. The same `Idempotency-Key` for the same pool and length within 24 hours names the same upload
                    again, once it has succeeded.""")
    @ApiResponse(
            responseCode = "201",
            description = "The pool has the update now",
            content = @Content(schema = @Schema(implementation = UpdateView.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The pool had this update already; what was uploaded is removed",
            content = @Content(schema = @Schema(implementation = UpdateView.class)))
    @CanFailWith({
        ProblemType.POOL_NOT_FOUND,
        ProblemType.LENGTH_REQUIRED,
        ProblemType.PAYLOAD_TOO_LARGE,
        ProblemType.POOL_STORAGE_FULL,
        ProblemType.INVALID_UPDATE,
        ProblemType.INVALID_STATE,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.POOL_UNREACHABLE,
        ProblemType.POOL_AUTHENTICATION_FAILED,
        ProblemType.CERTIFICATE_CHANGED,
        ProblemType.NOT_A_POOL,
        ProblemType.POOL_REFUSED
    })
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    DeferredResult<ResponseEntity<UpdateView>> upload(
            Caller caller,
            @Parameter(description = "XAPI uuid of the pool", example = "7121f6a3-0e0d-3c14-8ed0-5368f7366f79")
                    @PathVariable
                    UUID poolUuid,
            @Parameter(description = "1 to 255 characters, new for each new upload, for example `CHG-1042`")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            HttpServletRequest request)
            throws IOException {
        var upload = uploads.accept(caller, new PoolUuid(poolUuid), key, request.getContentLengthLong());
        var answer = new DeferredResult<ResponseEntity<UpdateView>>(
                settings.longest().toMillis());
        var before = uploads.result(caller, upload);
        if (before.isPresent()) {
            answer.setResult(answer(before.get(), upload.knownBefore()));
        } else {
            begin(caller, upload, request, answer);
        }
        return answer;
    }

    private void begin(
            Caller caller, Upload upload, HttpServletRequest request, DeferredResult<ResponseEntity<UpdateView>> answer)
            throws IOException {
        var body = new RequestBodyStream(request.getInputStream(), upload.size());
        answer.onTimeout(() -> uploads.abort(upload));
        answer.onError(gone -> body.onError(gone));
        // a body can be read without a thread only once the request is asynchronous
        WebAsyncUtils.getAsyncManager(request)
                .registerDeferredResultInterceptor(upload, new DeferredResultProcessingInterceptor() {
                    @Override
                    public <T> void preProcess(NativeWebRequest asynchronous, DeferredResult<T> result) {
                        run(caller, upload, body, answer);
                    }
                });
    }

    private void run(
            Caller caller, Upload upload, RequestBodyStream body, DeferredResult<ResponseEntity<UpdateView>> answer) {
        var unused = uploads.run(caller, upload, body)
                .whenComplete((done, failure) -> body.close().thenRun(() -> {
                    if (done == null) {
                        var cause = failure.getCause();
                        answer.setErrorResult(cause == null ? failure : cause);
                    } else {
                        answer.setResult(answer(done.update(), done.knownBefore()));
                    }
                }));
    }

    private static ResponseEntity<UpdateView> answer(UpdateView update, boolean knownBefore) {
        return ResponseEntity.status(knownBefore ? HttpStatus.OK : HttpStatus.CREATED)
                .body(update);
    }
}
