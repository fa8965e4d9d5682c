package io.xenpatch.job;

import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One observation for a step.
 *
 * @param pool null while the pool can't be read, for example while its coordinator reboots
 * @param task what became of the step's XAPI task; null when it has none or the pool can't be read
 */
record HostLook(
        HostUuid uuid,
        @Nullable PoolSnapshot pool,
        @Nullable XapiTask task) {

    static HostLook of(Slice slice, HostUpdate host, @Nullable XapiTaskRef task) {
        try {
            PoolSnapshot pool = slice.xapi().pool().observe();
            return new HostLook(
                    host.host(),
                    pool,
                    task == null ? null : slice.xapi().tasks().observe(task));
        } catch (XapiFailure notNow) {
            return new HostLook(host.host(), null, null);
        }
    }

    Optional<HostSnapshot> host() {
        return Optional.ofNullable(pool).flatMap(seen -> seen.host(uuid));
    }

    List<VmSnapshot> guests() {
        return pool == null ? List.of() : pool.residentOn(uuid);
    }

    /** Whether the host itself answers now, not only the database about it (R20). */
    boolean answers(Slice slice) {
        try {
            slice.xapi().hosts().serverTime(uuid);
            return true;
        } catch (XapiFailure silent) {
            return false;
        }
    }
}
