package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Optional;

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

    /** Reads an update from an image and keeps it; {@link #introduced} reads the answer of the finished task. */
    @XapiCall(value = "pool_update.introduce", effect = Effect.IDEMPOTENT)
    XapiTaskRef introduce(VdiUuid image);

    /** The answer to {@link #introduce}; empty when the update is gone by now. */
    @XapiCall(value = "pool_update.get_uuid", effect = Effect.READ)
    Optional<UpdateUuid> introduced(XapiTask.Succeeded answer);

    /** Destroys the image; the pool goes on knowing the update. Nothing happens when the image is gone already (xapi.md §6.5). */
    @XapiCall(value = "pool_update.pool_clean", effect = Effect.IDEMPOTENT)
    XapiTaskRef clean(UpdateUuid update);

    /** The update that this image belongs to; empty when there is none. */
    @XapiCall(value = "pool_update.get_all_records", effect = Effect.READ)
    Optional<UpdateUuid> of(VdiUuid image);
}
