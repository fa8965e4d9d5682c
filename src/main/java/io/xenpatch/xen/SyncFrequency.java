package io.xenpatch.xen;

/** How often a pool synchronises its repositories by itself. */
public enum SyncFrequency {
    DAILY,
    WEEKLY
}
