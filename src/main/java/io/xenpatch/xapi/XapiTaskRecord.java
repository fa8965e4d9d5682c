package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as a list of tasks shows it.
 *
 * @param name {@code name_label}, for example {@code Async.host.reboot}
 * @param createdAt by the server's clock
 * @param residentOn the host that created it; null when unknown
 */
public record XapiTaskRecord(
        XapiTaskRef ref,
        String name,
        Instant createdAt,
        @Nullable HostUuid residentOn,
        XapiTask state) {}
