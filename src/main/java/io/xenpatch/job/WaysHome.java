package io.xenpatch.job;

import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How often guests were sent home, those of the host and those that make room for them, and when last: what a RESTORE_VMS step keeps
 * for itself.
 *
 * @param tries by the guest's uuid
 */
record WaysHome(Map<UUID, Try> tries) {

    WaysHome {
        tries = Map.copyOf(tries);
    }

    /**
     * The last of a guest's tries.
     *
     * @param count from 1
     * @param task null while it is not known whether the pool has accepted it
     * @param error XAPI's error code; null when it did not fail, or nobody knows
     */
    record Try(
            int count,
            Instant at,
            @Nullable XapiTaskRef task,
            @Nullable String error) {}

    static WaysHome of(@Nullable String json) {
        return json == null ? new WaysHome(Map.of()) : JsonMapper.shared().readValue(json, WaysHome.class);
    }

    String json() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    int count(VmUuid guest) {
        Try last = tries.get(guest.value());
        return last == null ? 0 : last.count();
    }

    /** Whether the last try is so young that it may not show yet, or that the next one would come too soon. */
    boolean isFresh(VmUuid guest, Instant now, Duration every) {
        Try last = tries.get(guest.value());
        return last != null && now.isBefore(last.at().plus(every));
    }

    WaysHome trying(VmUuid guest, Instant now) {
        return with(guest, new Try(count(guest) + 1, now, null, null));
    }

    WaysHome accepted(VmUuid guest, XapiTaskRef task) {
        Try last = Objects.requireNonNull(tries.get(guest.value()));
        return with(guest, new Try(last.count(), last.at(), task, null));
    }

    /** Why the last try failed. */
    WaysHome failed(VmUuid guest, String error) {
        Try last = Objects.requireNonNull(tries.get(guest.value()));
        return with(guest, new Try(last.count(), last.at(), last.task(), error));
    }

    /** XAPI's error code of a guest's last try. */
    Optional<String> lastError(VmUuid guest) {
        return Optional.ofNullable(tries.get(guest.value())).map(Try::error);
    }

    /** The task of a guest's last try, if it is not known to have failed. */
    Optional<XapiTaskRef> taskOf(VmUuid guest) {
        return Optional.ofNullable(tries.get(guest.value()))
                .filter(last -> last.error() == null)
                .map(Try::task);
    }

    /** Whether the last try of one was later than that of the other. */
    boolean isLater(VmUuid one, VmUuid other) {
        Try first = tries.get(one.value());
        Try second = tries.get(other.value());
        return first != null && second != null && first.at().isAfter(second.at());
    }

    /** The tasks that the pool still lists for us. */
    List<XapiTaskRef> tasks() {
        return tries.values().stream().map(Try::task).filter(Objects::nonNull).toList();
    }

    private WaysHome with(VmUuid guest, Try last) {
        Map<UUID, Try> all = new HashMap<>(tries);
        all.put(guest.value(), last);
        return new WaysHome(all);
    }
}
