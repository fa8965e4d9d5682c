package io.xenpatch.precheck;

import java.util.UUID;

/** A job that occupies the pool. */
public record ActivePoolUpdate(UUID jobId, String jobName) {}
