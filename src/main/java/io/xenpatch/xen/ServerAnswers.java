package io.xenpatch.xen;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the server answered when it was asked about a plan; per host.
 *
 * @param prechecks {@code pool_update.precheck}, per update: the live-patch status, or the precheck's failure
 * @param evacuationBlockers {@code host.get_vms_which_prevent_evacuation}: guest → XAPI's reason and parameters
 * @param reachable whether a forwarded {@code host.get_servertime} came back (R20, R33)
 * @param updates what the pool's repository has for its hosts
 * @param packages {@code check_update} of XCP-ng's plugin: what the host lacks, by what it needs afterwards (R12)
 * @param packageBytes what the host would download for that; hosts that do not say are absent
 * @param freeDiskSpace bytes that the host has for updates, by its plugin {@code disk-space}
 * @param clocks how the clocks of hosts stand that said so
 * @param certificates until when the certificate of each host is valid; hosts of which the server has no record are absent
 * @param tasks what was pending in the pool before it was asked anything else, Xenpatch's own questions apart
 * @param permissions what the user whom Xenpatch logs in as may call
 */
public record ServerAnswers(
        Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks,
        Map<HostUuid, Answer<Map<VmUuid, List<String>>>> evacuationBlockers,
        Map<HostUuid, Answer<Boolean>> reachable,
        Answer<RepositoryUpdates> updates,
        Map<HostUuid, Answer<Map<OwedRestart, List<String>>>> packages,
        Map<HostUuid, Long> packageBytes,
        Map<HostUuid, Answer<Long>> freeDiskSpace,
        Map<HostUuid, HostClock> clocks,
        Answer<Map<HostUuid, Instant>> certificates,
        Answer<List<PendingTask>> tasks,
        Answer<Permissions> permissions) {

    private static final String NOT_ASKED = "not asked";

    public ServerAnswers {
        prechecks = Map.copyOf(prechecks);
        evacuationBlockers = Map.copyOf(evacuationBlockers);
        reachable = Map.copyOf(reachable);
        packages = Map.copyOf(packages);
        packageBytes = Map.copyOf(packageBytes);
        freeDiskSpace = Map.copyOf(freeDiskSpace);
        clocks = Map.copyOf(clocks);
    }

    /** Nothing was asked. */
    public static ServerAnswers none() {
        return builder().build();
    }

    /** Nothing was asked but what is said next. */
    public static Builder builder() {
        return new Builder();
    }

    /** What the server says of an update on a host. */
    public Answer<LivePatchStatus> livePatchOf(HostUuid host, UpdateUuid update) {
        return prechecks.getOrDefault(host, Map.of()).getOrDefault(update, Answer.notAsked(NOT_ASKED));
    }

    public Answer<Map<VmUuid, List<String>>> evacuationBlockersOf(HostUuid host) {
        return evacuationBlockers.getOrDefault(host, Answer.notAsked(NOT_ASKED));
    }

    public Answer<Map<OwedRestart, List<String>>> packagesOf(HostUuid host) {
        return packages.getOrDefault(host, Answer.notAsked(NOT_ASKED));
    }

    public Answer<Boolean> reachable(HostUuid host) {
        return reachable.getOrDefault(host, Answer.notAsked(NOT_ASKED));
    }

    public Answer<Long> freeDiskSpaceOf(HostUuid host) {
        return freeDiskSpace.getOrDefault(host, Answer.notAsked(NOT_ASKED));
    }

    /** Answers in the making; what is not said was not asked. */
    public static final class Builder {
        private Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks = Map.of();
        private Map<HostUuid, Answer<Map<VmUuid, List<String>>>> evacuationBlockers = Map.of();
        private Map<HostUuid, Answer<Boolean>> reachable = Map.of();
        private Answer<RepositoryUpdates> updates = Answer.notAsked(NOT_ASKED);
        private Map<HostUuid, Answer<Map<OwedRestart, List<String>>>> packages = Map.of();
        private Map<HostUuid, Long> packageBytes = Map.of();
        private Map<HostUuid, Answer<Long>> freeDiskSpace = Map.of();
        private Map<HostUuid, HostClock> clocks = Map.of();
        private Answer<Map<HostUuid, Instant>> certificates = Answer.notAsked(NOT_ASKED);
        private Answer<List<PendingTask>> tasks = Answer.notAsked(NOT_ASKED);
        private Answer<Permissions> permissions = Answer.notAsked(NOT_ASKED);

        private Builder() {}

        public Builder prechecks(Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> answers) {
            prechecks = answers;
            return this;
        }

        public Builder evacuationBlockers(Map<HostUuid, Answer<Map<VmUuid, List<String>>>> answers) {
            evacuationBlockers = answers;
            return this;
        }

        public Builder reachable(Map<HostUuid, Answer<Boolean>> answers) {
            reachable = answers;
            return this;
        }

        public Builder updates(Answer<RepositoryUpdates> answer) {
            updates = answer;
            return this;
        }

        public Builder packages(Map<HostUuid, Answer<Map<OwedRestart, List<String>>>> answers) {
            packages = answers;
            return this;
        }

        public Builder packageBytes(Map<HostUuid, Long> answers) {
            packageBytes = answers;
            return this;
        }

        public Builder freeDiskSpace(Map<HostUuid, Answer<Long>> answers) {
            freeDiskSpace = answers;
            return this;
        }

        public Builder clocks(Map<HostUuid, HostClock> answers) {
            clocks = answers;
            return this;
        }

        public Builder certificates(Answer<Map<HostUuid, Instant>> answer) {
            certificates = answer;
            return this;
        }

        public Builder tasks(Answer<List<PendingTask>> answer) {
            tasks = answer;
            return this;
        }

        public Builder permissions(Answer<Permissions> answer) {
            permissions = answer;
            return this;
        }

        public ServerAnswers build() {
            return new ServerAnswers(
                    prechecks,
                    evacuationBlockers,
                    reachable,
                    updates,
                    packages,
                    packageBytes,
                    freeDiskSpace,
                    clocks,
                    certificates,
                    tasks,
                    permissions);
        }
    }
}
