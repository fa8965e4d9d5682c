package io.xenpatch.job;

import java.time.Instant;

/**
 * What a step waits for.
 *
 * @param what for people, for example {@code host xen-1 to come back}
 * @param since since when it waits
 * @param limit when waiting ends in a failure
 * @param nextLook when it looks again at the latest; an event may make it look sooner
 */
public record Waiting(String what, Instant since, Instant limit, Instant nextLook) {}
