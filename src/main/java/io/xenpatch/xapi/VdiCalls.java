package io.xenpatch.xapi;

import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.List;
import java.util.Optional;

/** XAPI class {@code VDI}. */
public interface VdiCalls {

    /** Creates an image; {@link #created} reads the answer of the finished task. */
    @XapiCall(value = "VDI.create", effect = Effect.ONCE)
    XapiTaskRef create(NewVdi vdi);

    /** The answer to {@link #create}; empty when the image is gone by now. */
    @XapiCall(value = "VDI.get_uuid", effect = Effect.READ)
    Optional<VdiUuid> created(XapiTask.Succeeded answer);

    /** The images whose {@code other_config} has this entry. Reads every image of the pool. */
    @XapiCall(value = "VDI.get_all_records", effect = Effect.READ)
    List<VdiUuid> marked(String key, String value);

    /** Destroys an image; its task fails with {@code VDI_IN_USE} while something reads or writes it. */
    @XapiCall(value = "VDI.destroy", effect = Effect.IDEMPOTENT)
    XapiTaskRef destroy(VdiUuid vdi);
}
