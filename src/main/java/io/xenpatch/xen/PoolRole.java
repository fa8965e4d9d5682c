package io.xenpatch.xen;

/** A host's part in its pool. */
public enum PoolRole {
    COORDINATOR,
    SUPPORTER
}
