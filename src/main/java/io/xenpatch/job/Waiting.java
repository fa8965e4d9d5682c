package io.xenpatch.job;

import java.time.Instant;

/**
 * What a step waits for. Nothing but this row waits.
 *
 * @param what for people, for example "host xen-1 to come back"
 * @param limit when waiting ends in a failure
 * @param nextLook the fallback; an event may wake it sooner
 */
public record Waiting(String what, Instant since, Instant limit, Instant nextLook) {}
