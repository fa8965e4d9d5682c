package io.xenpatch.precheck;

import java.time.Duration;

/**
 * From where on the rules object to what can be measured.
 *
 * @param clocksDiffer between the clocks of two hosts of a pool: a warning
 * @param clocksApart the same: nothing starts
 * @param certificateEnds how far ahead the end of a host's certificate is a warning
 * @param taskStale from this age on a pending task of others will not end any more
 */
public record PrecheckLimits(
        Duration clocksDiffer, Duration clocksApart, Duration certificateEnds, Duration taskStale) {

    /** 5 s, 1 min, 30 days, 1 day. */
    public static final PrecheckLimits DEFAULTS =
            new PrecheckLimits(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofDays(30), Duration.ofDays(1));
}
