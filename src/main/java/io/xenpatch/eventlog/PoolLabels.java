package io.xenpatch.eventlog;

import java.util.Map;
import java.util.UUID;

/** Says which labels a pool has; they are copied onto its events, where the scope of readers is matched against them. */
@FunctionalInterface
public interface PoolLabels {

    /** Called in the transaction that writes the event; empty for a pool that is not known. */
    Map<String, String> of(UUID poolUuid);
}
