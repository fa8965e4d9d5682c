package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.StorageConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until every storage of the host is attached again (R19); plugs what stays away once a minute. */
final class AwaitStorage {

    private AwaitStorage() {}

    static Tick slice(Slice slice, HostUpdate host, Step step) {
        HostLook look = HostLook.of(slice, host, null);
        PoolSnapshot pool = look.pool();
        if (pool == null) {
            return HostWork.tooLong(slice, step)
                    ? silent(slice, host, step)
                    : wait(slice, host, step, "the pool to answer");
        }
        List<StorageConnection> missing = look.host().stream()
                .flatMap(seen -> seen.storage().stream())
                .filter(pbd -> !pbd.attached() && wasAttached(host, pbd))
                .filter(pbd -> pool.sr(pbd.sr()).map(sr -> !sr.tools()).orElse(true))
                .toList();
        if (missing.isEmpty()) {
            return pool.cluster().misses(host.host())
                    ? awaitCluster(slice, host, step)
                    : HostWork.done(slice, host, step);
        }
        String names = missing.stream()
                .map(pbd ->
                        pool.sr(pbd.sr()).map(SrSnapshot::name).orElse("SR " + pbd.sr()) + " (PBD " + pbd.pbd() + ")")
                .collect(Collectors.joining(", "));
        if (HostWork.tooLong(slice, step)) {
            return HostWork.fail(
                    slice,
                    host,
                    step,
                    Failure.of(
                            "STORAGE_NOT_ATTACHED",
                            "Host " + host.name() + " is back but without " + names
                                    + ". It was not enabled and no VM was brought there. Attach the storage, then enable the host."));
        }
        return plug(slice, host, step, missing, "storage " + names);
    }

    private static Tick silent(Slice slice, HostUpdate host, Step step) {
        return HostWork.fail(
                slice,
                host,
                step,
                Failure.of(
                        Reasons.POOL_UNREACHABLE,
                        "The pool did not say within "
                                + JobSettings.words(slice.settings().storage()) + " whether host " + host.name()
                                + " has its storage again. It was not enabled and no VM was brought there. When the pool"
                                + " answers, see that its storage is attached, then enable the host."));
    }

    /** With the next host away as well, too few might be left of the cluster (R25). */
    private static Tick awaitCluster(Slice slice, HostUpdate host, Step step) {
        return HostWork.tooLong(slice, step)
                ? HostWork.fail(
                        slice,
                        host,
                        step,
                        Failure.of(
                                "CLUSTER_HOST_MISSING",
                                "Host " + host.name()
                                        + " is back, but not in the cluster of its pool's clustered storage. It was"
                                        + " not enabled and no VM was brought there. Repair the cluster's network, or enable the"
                                        + " host in the cluster, then enable the host."))
                : wait(slice, host, step, "the cluster of the pool to count the host again");
    }

    /** Only what was attached before the reboot is waited for (R19). */
    private static boolean wasAttached(HostUpdate host, StorageConnection pbd) {
        return host.step(StepType.REBOOT)
                .map(Step::data)
                .map(attached -> attached.contains(pbd.pbd().toString()))
                .orElse(true);
    }

    private static Tick plug(Slice slice, HostUpdate host, Step step, List<StorageConnection> missing, String names) {
        Waiting waiting = step.waiting();
        Instant now = slice.time();
        boolean patient = waiting == null
                || now.isBefore(waiting.since().plus(slice.settings().plugAfter()));
        Instant last = step.intentAt();
        if (patient
                || last != null && now.isBefore(last.plus(slice.settings().plugEvery()))
                || !slice.hasTimeForACall()) {
            return wait(slice, host, step, names);
        }
        Before nothing = new Before(now, false, null, null, null);
        Step tried = step.intent(now, nothing).waitingFor(waiting);
        slice.save(host, tried);
        StorageConnection first = missing.get(step.attempts() % missing.size());
        try {
            slice.save(
                    host, tried.accepted(slice.sending(() -> slice.xapi().pbds().plug(first.pbd()))));
        } catch (XapiFailure refused) {
            slice.save(host, tried.notHappened());
        }
        return Tick.at(now.plus(Duration.ofSeconds(2)));
    }

    private static Tick wait(Slice slice, HostUpdate host, Step step, String what) {
        return HostWork.await(slice, host, step, what, slice.settings().storage(), Duration.ofSeconds(1));
    }
}
