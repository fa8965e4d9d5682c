package io.xenpatch.job;

import java.time.Duration;

/** Waits until the host counts as live and answers for itself (R20). Boot or toolstack time was proved by the step before. */
final class AwaitHostLive {

    private AwaitHostLive() {}

    static Tick slice(Slice slice, HostUpdate host, Step step) {
        HostLook look = HostLook.of(slice, host, null);
        if (look.host().filter(seen -> seen.live()).isPresent() && look.answers(slice)) {
            return HostWork.done(slice, host, step);
        }
        return HostWork.tooLong(slice, step)
                ? HostWork.fail(
                        slice,
                        host,
                        step,
                        Failure.of(
                                "HOST_DID_NOT_RETURN",
                                "Host " + host.name() + " restarted but is not live after "
                                        + JobSettings.words(slice.settings().hostLive()) + ". It "
                                        + "is disabled and empty. Look at its console."))
                : HostWork.await(
                        slice,
                        host,
                        step,
                        "host " + host.name() + " to be live",
                        slice.settings().hostLive(),
                        Duration.ofSeconds(1));
    }
}
