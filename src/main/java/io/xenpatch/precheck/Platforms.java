package io.xenpatch.precheck;

/** Platform versions from which on the server is another release (xencenter.md §1.1). */
final class Platforms {
    /** XenServer 7.5. */
    static final String KOLKATA = "2.5.50";
    /** XenServer 7.6. */
    static final String LIMA = "2.6.50";
    /** Citrix Hypervisor 8.0. */
    static final String NAPLES = "2.9.50";
    /** Citrix Hypervisor 8.2. */
    static final String STOCKHOLM = "3.1.50";
    /** Citrix Hypervisor 8.2 with Cumulative Update 1. */
    static final String YANGTZE = "3.2.1";

    private Platforms() {}
}
