package io.xenpatch.xen;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A XAPI task that has not ended.
 *
 * @param name for example {@code Async.VM.export}
 * @param host that it runs on; null when the server does not say
 * @param age by the server's own clock; never negative
 */
public record PendingTask(String name, @Nullable HostUuid host, Duration age) {}
