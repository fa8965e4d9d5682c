package io.xenpatch.audit.web;

import io.swagger.v3.oas.annotations.Operation;
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
    @Operation(summary = "Who changed what", description = "Newest first. Times: from inclusive, to exclusive.")
    Page<AuditEvent> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            PageRequest page) {
        return audit.page(caller, new AuditFilter(actor, action, subject, from, to), page);
    }
}
