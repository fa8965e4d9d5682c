package io.xenpatch.pool;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of registered pools.
 *
 * @param encryptionKey base64 of the 32 bytes that encrypt stored credentials; none = a generated file in the data directory
 * @param pollLimit how long a pool may keep a question for changes, at most a minute
 * @param writeInterval the least time between two inventory writes of a pool; the first change after a pause is written at once
 * @param reconnectFirst the pause before the second attempt to reach a pool; it doubles from then on
 * @param reconnectLongest the longest such pause
 * @param heartbeat how often an instance says that it lives, and looks which pools it has to watch
 * @param deadAfter an instance that was silent for so long watches nothing any more
 * @param certificatesEvery how often the certificates of all hosts are read again
 * @param workers threads that write what watched pools tell; 0 = as many as there are processors, but 3 or 4
 */
@Validated
@ConfigurationProperties("xenpatch.pool")
record PoolSettings(
        @Nullable String encryptionKey,
        @DefaultValue("30s") @NotNull Duration pollLimit,
        @DefaultValue("500ms") @NotNull Duration writeInterval,
        @DefaultValue("1s") @NotNull Duration reconnectFirst,
        @DefaultValue("30s") @NotNull Duration reconnectLongest,
        @DefaultValue("2s") @NotNull Duration heartbeat,
        @DefaultValue("8s") @NotNull Duration deadAfter,
        @DefaultValue("10m") @NotNull Duration certificatesEvery,
        @DefaultValue("0") @Min(0) @Max(64) int workers) {
    private static final int FEWEST_WORKERS = 3;
    private static final int MOST_WORKERS = 4;

    @Override
    public int workers() {
        return workers > 0
                ? workers
                : Math.max(
                        FEWEST_WORKERS,
                        Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()));
    }

    @Override
    public String toString() {
        return "PoolSettings[encryptionKey " + (encryptionKey == null ? "from file" : "configured") + "]";
    }
}
