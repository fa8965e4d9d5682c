package io.xenpatch.xen;

/** How a guest is virtualised; HVM = its {@code HVM_boot_policy} is not empty (xencenter.md §1.4). */
public enum GuestKind {
    /** Paravirtualised. */
    PV,
    /** Fully virtualised. */
    HVM
}
