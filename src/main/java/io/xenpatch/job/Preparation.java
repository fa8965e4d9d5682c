package io.xenpatch.job;

import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Optional;

/** A fix that is not taken back. */
sealed interface Preparation extends FixAction
        permits Preparations.StorageAttached, Preparations.HostSwitchedOn, Preparations.UpdatesFetched {

    /** @throws IllegalStateException always */
    @Override
    default Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
        throw new IllegalStateException(this + " stays");
    }

    @Override
    default String byHand() {
        return "";
    }
}
