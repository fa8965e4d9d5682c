package io.xenpatch.xapi;

import io.xenpatch.xen.XapiTaskRef;
import java.util.List;

/** XAPI class {@code task}. */
public interface TaskCalls {

    /** What became of a task; {@link XapiTask.OutcomeUnknown} when the pool no longer knows it. */
    @XapiCall(value = "task.get_record", effect = Effect.READ)
    XapiTask observe(XapiTaskRef task);

    /** Every task that the pool knows now. */
    @XapiCall(value = "task.get_all_records", effect = Effect.READ)
    List<XapiTaskRecord> all();

    /** Forgets a finished task; no failure when it is gone already. */
    @XapiCall(value = "task.destroy", effect = Effect.IDEMPOTENT)
    void destroy(XapiTaskRef task);
}
