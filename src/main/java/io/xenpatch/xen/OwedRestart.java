package io.xenpatch.xen;

/** What packages that were installed on an XCP-ng host leave to do, from nothing to the most. */
public enum OwedRestart {
    NOTHING,
    RESTART_TOOLSTACK,
    REBOOT_HOST
}
