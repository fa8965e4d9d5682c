package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.InstallationNote;
import io.xenpatch.xen.OwedRestart;
import java.time.Instant;

/**
 * Notes on an XCP-ng host that packages were installed and what that left to do, for every client (R12). Before the step that follows is
 * saved, and only while it is not there: so a service that is killed in between writes it when it is back.
 */
final class PackageNote {

    private PackageNote() {}

    /** @throws io.xenpatch.xapi.XapiFailure when it can't be written now; the step is then repeated */
    static void write(Slice slice, HostUpdate host, HostSnapshot seen, OwedRestart owed) {
        // the answer to a repeated call tells nothing of what the first one installed
        boolean askedTwice = host.step(StepType.APPLY_UPDATE)
                .filter(step -> step.attempts() > 1)
                .isPresent();
        boolean installed = askedTwice || !Applied.installed(host).names().isEmpty();
        Instant since = Applied.since(host);
        Instant noted = seen.packagesInstalledAt();
        boolean isNoted = noted != null && !noted.isBefore(since);
        boolean bootedSince = host.steps().stream().anyMatch(step -> step.isDone(StepType.REBOOT))
                && seen.bootedAt() != null
                && seen.bootedAt().isAfter(since);
        if (!installed || isNoted || bootedSince) {
            return;
        }
        Instant now = slice.xapi().hosts().serverTime(host.host());
        new InstallationNote(now, owed)
                .entries()
                .forEach((key, value) -> slice.xapi().packages().write(host.host(), key, value));
    }
}
