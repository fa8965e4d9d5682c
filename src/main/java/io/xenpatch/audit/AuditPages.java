package io.xenpatch.audit;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;

/** Reads who changed what. */
public interface AuditPages {

    /** Newest first; a caller with a scope sees what callers with at least that scope did. */
    Page<AuditEvent> page(Caller caller, AuditFilter filter, PageRequest request);
}
