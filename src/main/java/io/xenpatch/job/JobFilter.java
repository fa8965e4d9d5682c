package io.xenpatch.job;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are wanted; null = all.
 *
 * @param labels all of these; empty = whichever
 */
public record JobFilter(
        @Nullable UpdateJobState state, @Nullable UUID poolUuid, Map<String, String> labels) {}
