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

    /** A task of our own, for a transfer that is no call. Stays until it is destroyed. */
    @XapiCall(value = "task.create", effect = Effect.ONCE)
    XapiTaskRef create(String name, String description);

    /** Asks the server to give a task up; of some it takes no notice (xapi.md §3). No failure when it is gone already. */
    @XapiCall(value = "task.cancel", effect = Effect.IDEMPOTENT)
    void cancel(XapiTaskRef task);

    /** Forgets a finished task; no failure when it is gone already. */
    @XapiCall(value = "task.destroy", effect = Effect.IDEMPOTENT)
    void destroy(XapiTaskRef task);
}
