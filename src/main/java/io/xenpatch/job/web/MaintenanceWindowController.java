package io.xenpatch.job.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.ETag;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.job.MaintenanceWindow;
import io.xenpatch.job.MaintenanceWindows;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import java.net.URI;
import java.time.InstantSource;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/maintenance-windows")
@Tag(name = "Maintenance windows")
class MaintenanceWindowController {
    private static final String ID = "Id of the maintenance window";
    private static final String EXAMPLE = "0b7c1f0a-5d0e-4c27-9c8e-6d3a2f1b4e55";

    private final MaintenanceWindows windows;
    private final InstantSource clock;

    MaintenanceWindowController(MaintenanceWindows windows, InstantSource clock) {
        this.windows = windows;
        this.clock = clock;
    }

    @PostMapping
    @Operation(
            operationId = "createMaintenanceWindow",
            summary = "Define a maintenance window",
            description = "Times at which jobs may work, by a recurrence rule of RFC 5545 in local time. A job with"
                    + " `start.maintenanceWindowId` begins hosts only while it is open.")
    @ApiResponse(responseCode = "201", description = "Defined; Location says where it is")
    ResponseEntity<MaintenanceWindowResponse> create(Caller caller, @RequestBody MaintenanceWindowRequest request) {
        MaintenanceWindow window = windows.create(caller, request.definition());
        return ResponseEntity.created(URI.create("/api/v1/maintenance-windows/" + window.id()))
                .eTag(ETag.of(window.revision()))
                .body(MaintenanceWindowResponse.of(window, clock.instant()));
    }

    @GetMapping
    @Operation(operationId = "listMaintenanceWindows", summary = "List maintenance windows", description = "By name.")
    @ApiResponse(responseCode = "200", description = "One page")
    Page<MaintenanceWindowResponse> list(PageRequest page) {
        return windows.list(page).map(window -> MaintenanceWindowResponse.of(window, clock.instant()));
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getMaintenanceWindow",
            summary = "Read a maintenance window",
            description = "The ETag is what If-Match wants when it is changed or deleted.")
    @ApiResponse(responseCode = "200", description = "The window")
    @CanFailWith(ProblemType.MAINTENANCE_WINDOW_NOT_FOUND)
    ResponseEntity<MaintenanceWindowResponse> get(
            @Parameter(description = ID, example = EXAMPLE) @PathVariable UUID id) {
        return tagged(windows.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(
            operationId = "changeMaintenanceWindow",
            summary = "Change a maintenance window",
            description =
                    "Fields that are left out stay. Jobs that wait for the window follow the change; those that work in it"
                            + " do so until the end that it had when they began.")
    @ApiResponse(responseCode = "200", description = "Changed")
    @CanFailWith({
        ProblemType.MAINTENANCE_WINDOW_NOT_FOUND,
        ProblemType.PRECONDITION_REQUIRED,
        ProblemType.PRECONDITION_FAILED
    })
    ResponseEntity<MaintenanceWindowResponse> change(
            Caller caller,
            @Parameter(description = ID, example = EXAMPLE) @PathVariable UUID id,
            @Parameter(description = "The `ETag` that was read; needed here", example = "\"0\"")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody ChangeMaintenanceWindowRequest request) {
        return tagged(windows.change(caller, id, ifMatch, request.definition()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteMaintenanceWindow",
            summary = "Delete a maintenance window",
            description = "Refused while a job waits for it or works in it.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @CanFailWith({
        ProblemType.MAINTENANCE_WINDOW_NOT_FOUND,
        ProblemType.INVALID_STATE,
        ProblemType.PRECONDITION_REQUIRED,
        ProblemType.PRECONDITION_FAILED
    })
    void delete(
            Caller caller,
            @Parameter(description = ID, example = EXAMPLE) @PathVariable UUID id,
            @Parameter(description = "The `ETag` that was read; needed here", example = "\"0\"")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch) {
        windows.delete(caller, id, ifMatch);
    }

    private ResponseEntity<MaintenanceWindowResponse> tagged(MaintenanceWindow window) {
        return ResponseEntity.ok()
                .eTag(ETag.of(window.revision()))
                .body(MaintenanceWindowResponse.of(window, clock.instant()));
    }
}
