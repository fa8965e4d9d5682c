package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.XapiTaskRef;

/** XAPI class {@code pool_update}. */
public interface PoolUpdateCalls {

    /** Asks the host whether the update fits; {@link #livePatchStatus} reads the answer of the finished task. */
    @XapiCall(value = "pool_update.precheck", effect = Effect.READ)
    XapiTaskRef precheck(UpdateUuid update, HostUuid host);

    /** The answer to {@link #precheck}. */
    default LivePatchStatus livePatchStatus(XapiTask.Succeeded answer) {
        return LivePatchStatus.fromPrecheck(answer.text());
    }

    @XapiCall(value = "pool_update.apply", effect = Effect.ONCE)
    XapiTaskRef apply(UpdateUuid update, HostUuid host);
}
