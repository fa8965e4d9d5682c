package io.xenpatch.xen;

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
 */
public record ServerAnswers(
        Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks,
        Map<HostUuid, Answer<Map<VmUuid, List<String>>>> evacuationBlockers,
        Map<HostUuid, Answer<Boolean>> reachable,
        Answer<RepositoryUpdates> updates,
        Map<HostUuid, Answer<Map<OwedRestart, List<String>>>> packages) {

    public ServerAnswers {
        prechecks = Map.copyOf(prechecks);
        evacuationBlockers = Map.copyOf(evacuationBlockers);
        reachable = Map.copyOf(reachable);
        packages = Map.copyOf(packages);
    }

    /** On channels without packages. */
    public ServerAnswers(
            Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks,
            Map<HostUuid, Answer<Map<VmUuid, List<String>>>> evacuationBlockers,
            Map<HostUuid, Answer<Boolean>> reachable,
            Answer<RepositoryUpdates> updates) {
        this(prechecks, evacuationBlockers, reachable, updates, Map.of());
    }

    /** Of a pool that was not asked for a list of updates. */
    public ServerAnswers(
            Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks,
            Map<HostUuid, Answer<Map<VmUuid, List<String>>>> evacuationBlockers,
            Map<HostUuid, Answer<Boolean>> reachable) {
        this(prechecks, evacuationBlockers, reachable, Answer.notAsked("not asked"));
    }

    public static ServerAnswers none() {
        return new ServerAnswers(Map.of(), Map.of(), Map.of());
    }

    /** What the server says of an update on a host. */
    public Answer<LivePatchStatus> livePatchOf(HostUuid host, UpdateUuid update) {
        return prechecks.getOrDefault(host, Map.of()).getOrDefault(update, Answer.notAsked("not asked"));
    }

    public Answer<Map<VmUuid, List<String>>> evacuationBlockersOf(HostUuid host) {
        return evacuationBlockers.getOrDefault(host, Answer.notAsked("not asked"));
    }

    public Answer<Map<OwedRestart, List<String>>> packagesOf(HostUuid host) {
        return packages.getOrDefault(host, Answer.notAsked("not asked"));
    }

    public Answer<Boolean> reachable(HostUuid host) {
        return reachable.getOrDefault(host, Answer.notAsked("not asked"));
    }
}
