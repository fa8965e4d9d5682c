package io.xenpatch.audit.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.audit.AuditEvent;
import io.xenpatch.audit.AuditFilter;
import io.xenpatch.audit.AuditPages;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what. */
@RestController
@Tag(name = "History")
class AuditController {
    private final AuditPages audit;

    AuditController(AuditPages audit) {
        this.audit = audit;
    }

    @GetMapping("/api/v1/audit-events")
    @Operation(operationId = "listAuditEvents", summary = "List who changed what", description = "The newest first.")
    @ApiResponse(responseCode = "200", description = "One page")
    Page<AuditEvent> list(
            Caller caller,
            @Parameter(description = "Only what this caller did, for example `local-admin`")
                    @RequestParam(required = false)
                    @Nullable
                    String actor,
            @Parameter(description = "Only this action, for example `pool.registered`")
                    @RequestParam(required = false)
                    @Nullable
                    String action,
            @Parameter(
                            description =
                                    "Only changes of this: a kind and an id, for example `pool/7121f6a3-0e0d-3c14-8ed0-5368f7366f79`")
                    @RequestParam(required = false)
                    @Nullable
                    String subject,
            @Parameter(description = "Only from this time on, for example `2026-11-01T00:00:00Z`")
                    @RequestParam(required = false)
                    @Nullable
                    Instant from,
            @Parameter(description = "Only before this time, for example `2026-12-01T00:00:00Z`")
                    @RequestParam(required = false)
                    @Nullable
                    Instant to,
            PageRequest page) {
        return audit.page(caller, new AuditFilter(actor, action, subject, from, to), page);
    }
}
