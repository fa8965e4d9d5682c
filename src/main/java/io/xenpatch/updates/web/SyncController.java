package io.xenpatch.updates.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.updates.Synchronisation;
import io.xenpatch.updates.Synchronisations;
import io.xenpatch.xen.PoolUuid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Synchronisations of pools with their repositories. */
@RestController
@Tag(name = "Inventory")
class SyncController {
    private static final String PATH = "/api/v1/pools/{poolUuid}/updates/sync";
    private static final String EXAMPLE = "7121f6a3-0e0d-3c14-8ed0-5368f7366f79";

    private final Synchronisations synchronisations;

    SyncController(Synchronisations synchronisations) {
        this.synchronisations = synchronisations;
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "synchroniseUpdates", summary = "Synchronise repositories", description = """
                    The pool fetches what its repository of updates has, which takes minutes; assessments and jobs then know it. A
                    synchronisation that runs already is named instead of a second one. One host that does not answer makes it fail.""")
    @ApiResponse(responseCode = "202", description = "The pool is being synchronised")
    @CanFailWith({ProblemType.POOL_NOT_FOUND, ProblemType.POOL_BUSY})
    ResponseEntity<Synchronisation> synchronise(
            Caller caller,
            @Parameter(description = "XAPI uuid of the pool", example = EXAMPLE) @PathVariable UUID poolUuid) {
        return ResponseEntity.accepted()
                .location(URI.create(PATH.replace("{poolUuid}", poolUuid.toString())))
                .body(synchronisations.start(caller, new PoolUuid(poolUuid)));
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getSynchronisation",
            summary = "Read the last synchronisation of a pool",
            description = "Only what was asked for here: a pool may synchronise by itself, too.")
    @ApiResponse(responseCode = "200", description = "The one that runs, else the last one")
    @CanFailWith({ProblemType.POOL_NOT_FOUND, ProblemType.NOT_FOUND})
    Synchronisation last(
            Caller caller,
            @Parameter(description = "XAPI uuid of the pool", example = EXAMPLE) @PathVariable UUID poolUuid) {
        return synchronisations.last(caller, new PoolUuid(poolUuid));
    }
}
