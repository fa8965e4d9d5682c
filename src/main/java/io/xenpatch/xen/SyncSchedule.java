package io.xenpatch.xen;

import org.jspecify.annotations.Nullable;

/**
 * When a pool synchronises its repositories by itself, if it does.
 *
 * @param day null where it is {@link SyncFrequency#DAILY}
 */
public record SyncSchedule(
        SyncFrequency frequency, @Nullable Weekday day) {}
