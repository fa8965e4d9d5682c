package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One host after the other, coordinator first and completely finished (R13); then the pool's end. */
final class Rolling {

    private Rolling() {}

    static Tick slice(Slice slice) {
        if (slice.pool().cancelRequested() && slice.pool().state() == PoolUpdateState.RUNNING) {
            slice.save(
                    slice.pool().in(PoolUpdateState.CANCELLING), slice.poolEvent("pool-update.cancelling", Map.of()));
        }
        List<HostUpdate> hosts = slice.pool().hosts();
        Optional<HostUpdate> working = hosts.stream()
                .filter(host -> host.state() == HostUpdateState.IN_PROGRESS && !host.deferred())
                .findFirst();
        if (working.isPresent()) {
            return HostWork.slice(slice, working.get());
        }
        Optional<HostUpdate> next = hosts.stream()
                .filter(host -> host.state() == HostUpdateState.PENDING)
                .findFirst();
        if (next.isPresent()) {
            return mayStart(slice, next.get()) ? HostStart.slice(slice, next.get()) : Tick.at(slice.time());
        }
        // reboots that were not possible before are tried once more at the end (R18)
        return hosts.stream()
                .filter(host -> host.state() == HostUpdateState.IN_PROGRESS)
                .findFirst()
                .map(host -> HostWork.slice(slice, host))
                .or(() -> failed(slice.pool()).isPresent() ? Optional.empty() : VmRestarting.slice(slice))
                .orElseGet(() -> Ending.begin(slice));
    }

    /** Skips the host when nothing further may start (R29, R30). */
    private static boolean mayStart(Slice slice, HostUpdate next) {
        if (slice.pool().state() == PoolUpdateState.CANCELLING) {
            skip(
                    slice,
                    next,
                    Failure.of("CANCELLED", "The job was cancelled before this host started: it is untouched."));
            return false;
        }
        Optional<HostUpdate> failed = failed(slice.pool());
        failed.ifPresent(host -> skip(
                slice,
                next,
                Failure.of(
                        "EARLIER_FAILURE",
                        "Host " + host.name() + " failed, so this host was not started: it is untouched.")));
        return failed.isEmpty();
    }

    static Optional<HostUpdate> failed(PoolUpdate pool) {
        return pool.hosts().stream()
                .filter(host -> host.state() == HostUpdateState.FAILED)
                .findFirst();
    }

    static void skip(Slice slice, HostUpdate host, Failure why) {
        slice.save(
                host.ended(HostUpdateState.SKIPPED, null, why, slice.time()),
                slice.hostEvent("host-update.skipped", host, Map.of("code", why.code())));
    }

    /** Whether the point of no return is behind a host: then it is finished completely, whatever is asked (R29). */
    static boolean hasApplied(HostUpdate host) {
        return host.steps().stream()
                .anyMatch(step -> step.type() == StepType.APPLY_UPDATE && step.state() != StepState.PENDING
                        || step.type() == StepType.VERIFY && step.state().isTerminal());
    }
}
