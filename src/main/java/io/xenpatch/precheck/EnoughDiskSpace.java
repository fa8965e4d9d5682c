package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.HostSequence;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.UpdateInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A host must have room for what is applied there; what is not known is a warning (xencenter.md §11.3). A single chosen image is left out:
 * the server's own precheck looks at the room for it.
 */
final class EnoughDiskSpace implements Precheck {

    private static final long MIB = 1L << 20;
    private static final String CURE =
            "Look at its root file system (df -h /) before the update: one that runs full may leave the host half updated.";

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (!situation.plan().choice().isFromRepository()) {
            return List.of();
        }
        return situation.applying().stream()
                // a host that does not answer at all has its own row
                .filter(plan -> HostsLive.answers(situation, situation.host(plan.hostUuid())))
                .map(plan -> row(situation, plan))
                .toList();
    }

    private static PrecheckRow row(Situation situation, HostPlan plan) {
        HostSnapshot host = situation.host(plan.hostUuid());
        return situation
                .answers()
                .freeDiskSpaceOf(host.uuid())
                .fold(
                        free -> needed(situation, plan)
                                .map(needed -> compared(situation, host, free, needed))
                                .orElseGet(() -> needUnknown(situation, host, free)),
                        failed -> refused(situation, host, failed),
                        notAsked -> unknown(situation, host)
                                .with("reason", notAsked.reason())
                                .says(title(host), CURE));
    }

    private static PrecheckRow compared(Situation situation, HostSnapshot host, long free, long needed) {
        boolean enough = free >= needed;
        Finding finding = Finding.of(
                        enough ? "DISK_SPACE_SUFFICIENT" : "NOT_ENOUGH_DISK_SPACE",
                        enough ? Severity.OK : Severity.BLOCKING,
                        situation)
                .on(host)
                .with("freeBytes", free)
                .with("neededBytes", needed);
        return enough
                ? finding.says("Host " + host.name() + " has room for what is applied", "")
                : finding.says(
                        "Host " + host.name() + " has only " + mebibytes(free) + " free for updates that need "
                                + mebibytes(needed),
                        "An update that runs out of disk space may leave the host half updated. Remove old log files, crash dumps "
                                + "and update images from its root file system, then assess again.");
    }

    private static PrecheckRow needUnknown(Situation situation, HostSnapshot host, long free) {
        return unknown(situation, host)
                .with("freeBytes", free)
                .says(
                        title(host),
                        "It has " + mebibytes(free) + " free, but nobody tells how much the updates need. " + CURE);
    }

    private static PrecheckRow refused(Situation situation, HostSnapshot host, Answer.Failed<Long> failed) {
        List<String> verbatim = new ArrayList<>(List.of(failed.code()));
        verbatim.addAll(failed.parameters());
        return unknown(situation, host)
                .with("xapiError", List.copyOf(verbatim))
                .says(title(host), "It did not say how much it has: " + failed.code() + ". " + CURE);
    }

    private static String title(HostSnapshot host) {
        return "It is not known whether host " + host.name() + " has room for the updates";
    }

    private static Finding unknown(Situation situation, HostSnapshot host) {
        return Finding.of("DISK_SPACE_UNKNOWN", Severity.WARNING, situation).on(host);
    }

    /** Bytes; empty when nobody says, which is always so of a repository. */
    private static Optional<Long> needed(Situation situation, HostPlan plan) {
        if (situation.pool().channel() == Channel.XCP_NG) {
            return Optional.ofNullable(situation.answers().packageBytes().get(plan.hostUuid()));
        }
        return Optional.ofNullable(plan.sequence()).flatMap(sequence -> sum(situation, sequence));
    }

    private static Optional<Long> sum(Situation situation, HostSequence sequence) {
        List<Long> sizes = sequence.updates().stream()
                .flatMap(part -> situation.pool().update(part.update()).stream())
                .map(UpdateInfo::installationSize)
                .filter(size -> size > 0)
                .toList();
        return sizes.size() == sequence.updates().size() ? sizes.stream().reduce(Long::sum) : Optional.empty();
    }

    private static String mebibytes(long bytes) {
        return bytes / MIB + " MiB";
    }
}
