package io.xenpatch.xapi;

import io.xenpatch.xen.StorageSnapshot;

/** XAPI class {@code SR}. */
public interface SrCalls {

    /** Reads now where the pool can keep images, and how much room is left there. */
    @XapiCall(value = "SR.get_all_records", effect = Effect.READ)
    StorageSnapshot observe();
}
