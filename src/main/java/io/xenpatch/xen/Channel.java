package io.xenpatch.xen;

/** How a pool wants to be updated, found by what it can do (R1). */
public enum Channel {
    /** Update images: XenServer 7.1 to Citrix Hypervisor 8.2. */
    POOL_UPDATE,
    /** Repositories: XenServer 8 and later. */
    REPOSITORY,
    /** XCP-ng. */
    XCP_NG,
    /** Older than platform version 2.1.1. */
    UNSUPPORTED,
    /** Never connected. */
    UNKNOWN
}
