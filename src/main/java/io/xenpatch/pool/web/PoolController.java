package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.ETag;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.pool.PoolEditing;
import io.xenpatch.pool.PoolOperations;
import io.xenpatch.pool.PoolReading;
import io.xenpatch.pool.PoolRegistration;
import io.xenpatch.pool.PoolView;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.PoolUuid;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Registered pools. */
@RestController
@RequestMapping("/api/v1/pools")
@Tag(name = "Pools")
class PoolController {
    private final PoolRegistration registration;
    private final PoolEditing editing;
    private final PoolOperations operations;
    private final PoolReading reading;

    PoolController(PoolRegistration registration, PoolEditing editing, PoolOperations operations, PoolReading reading) {
        this.registration = registration;
        this.editing = editing;
        this.operations = operations;
        this.reading = reading;
    }

    @PostMapping
    @Operation(
            operationId = "registerPool",
            summary = "Register a pool",
            description = "Connects, logs in and reads the whole pool; when any of that fails, nothing is stored."
                    + " The certificates of all its hosts are pinned.")
    @ApiResponse(responseCode = "201", description = "Registered; Location says where it is")
    @CanFailWith({
        ProblemType.POOL_ALREADY_REGISTERED,
        ProblemType.POOL_UNREACHABLE,
        ProblemType.POOL_AUTHENTICATION_FAILED,
        ProblemType.CERTIFICATE_CHANGED,
        ProblemType.NOT_A_POOL,
        ProblemType.POOL_REFUSED
    })
    ResponseEntity<PoolResponse> register(Caller caller, @Valid @RequestBody RegisterPoolRequest request) {
        var pool = registration.register(caller, request.toNewPool());
        return ResponseEntity.created(URI.create("/api/v1/pools/" + pool.uuid()))
                .eTag(ETag.of(pool.revision()))
                .body(PoolResponse.from(pool));
    }

    @GetMapping
    @Operation(operationId = "listPools", summary = "List pools", description = "By name.")
    @ApiResponse(responseCode = "200", description = "One page")
    Page<PoolResponse> list(
            Caller caller,
            @Parameter(description = "`key=value`, for example `env=prod`: only pools with this label; may be repeated")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> label,
            PageRequest page) {
        return reading.pools(caller, Labels.filter(label), page).map(PoolResponse::from);
    }

    @GetMapping("/{poolUuid}")
    @Operation(
            operationId = "getPool",
            summary = "Read a pool",
            description = "The ETag is what If-Match wants when the pool is changed.")
    @ApiResponse(responseCode = "200", description = "The pool as it was last seen")
    @CanFailWith(ProblemType.POOL_NOT_FOUND)
    ResponseEntity<PoolResponse> get(Caller caller, @PoolUuidParameter @PathVariable UUID poolUuid) {
        return tagged(reading.pool(caller, new PoolUuid(poolUuid)));
    }

    @PatchMapping("/{poolUuid}")
    @Operation(
            operationId = "changePool",
            summary = "Change a pool",
            description = "A new address, login or certificate is tried before it is kept; when that fails, nothing"
                    + " changes. A changed certificate is confirmed by its tlsFingerprint.")
    @ApiResponse(responseCode = "200", description = "Changed")
    @CanFailWith({
        ProblemType.POOL_NOT_FOUND,
        ProblemType.PRECONDITION_REQUIRED,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.POOL_UNREACHABLE,
        ProblemType.POOL_AUTHENTICATION_FAILED,
        ProblemType.CERTIFICATE_CHANGED,
        ProblemType.NOT_A_POOL,
        ProblemType.POOL_REFUSED
    })
    ResponseEntity<PoolResponse> change(
            Caller caller,
            @PoolUuidParameter @PathVariable UUID poolUuid,
            @Parameter(description = "The `ETag` that was read; needed here", example = "\"0\"")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody ChangePoolRequest request) {
        return tagged(editing.change(caller, new PoolUuid(poolUuid), ifMatch, request.toChange()));
    }

    @DeleteMapping("/{poolUuid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "forgetPool",
            summary = "Forget a pool",
            description =
                    "Its credentials and inventory are deleted, its history stays. The pool itself is not touched.")
    @ApiResponse(responseCode = "204", description = "Forgotten")
    @CanFailWith({
        ProblemType.POOL_NOT_FOUND,
        ProblemType.POOL_BUSY,
        ProblemType.PRECONDITION_REQUIRED,
        ProblemType.PRECONDITION_FAILED
    })
    void forget(
            Caller caller,
            @PoolUuidParameter @PathVariable UUID poolUuid,
            @Parameter(description = "The `ETag` that was read; needed here", example = "\"0\"")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch) {
        editing.forget(caller, new PoolUuid(poolUuid), ifMatch);
    }

    @PostMapping("/{poolUuid}/refresh")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "refreshPool",
            summary = "Read everything again now",
            description = "Pools are followed by their events anyway; this is for who doesn't want to wait.")
    @ApiResponse(responseCode = "202", description = "The pool as it is")
    @CanFailWith({
        ProblemType.POOL_NOT_FOUND,
        ProblemType.POOL_UNREACHABLE,
        ProblemType.POOL_AUTHENTICATION_FAILED,
        ProblemType.CERTIFICATE_CHANGED,
        ProblemType.NOT_A_POOL,
        ProblemType.POOL_REFUSED
    })
    PoolResponse refresh(Caller caller, @PoolUuidParameter @PathVariable UUID poolUuid) {
        return PoolResponse.from(operations.refresh(caller, new PoolUuid(poolUuid)));
    }

    @PutMapping("/{poolUuid}/live-patching")
    @Operation(
            operationId = "setLivePatching",
            summary = "Switch live patching",
            description = "Sets the pool's own switch. XAPI only stores it: Xenpatch then plans reboots, the server may"
                    + " load live patches all the same.")
    @ApiResponse(responseCode = "200", description = "The pool as it is now")
    @CanFailWith({
        ProblemType.POOL_NOT_FOUND,
        ProblemType.POOL_UNREACHABLE,
        ProblemType.POOL_AUTHENTICATION_FAILED,
        ProblemType.CERTIFICATE_CHANGED,
        ProblemType.NOT_A_POOL,
        ProblemType.POOL_REFUSED
    })
    PoolResponse setLivePatching(
            Caller caller,
            @PoolUuidParameter @PathVariable UUID poolUuid,
            @Valid @RequestBody LivePatchingRequest request) {
        return PoolResponse.from(operations.setLivePatching(caller, new PoolUuid(poolUuid), request.isEnabled()));
    }

    private static ResponseEntity<PoolResponse> tagged(PoolView pool) {
        return ResponseEntity.ok().eTag(ETag.of(pool.revision())).body(PoolResponse.from(pool));
    }
}
