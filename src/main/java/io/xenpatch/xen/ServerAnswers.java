package io.xenpatch.xen;

import java.util.List;
import java.util.Map;

/**
 * What the server answered when it was asked about a plan; per host.
 *
 * @param livePatch {@code pool_update.precheck}: the live-patch status, or the precheck's failure
 * @param evacuationBlockers {@code host.get_vms_which_prevent_evacuation}: guest → XAPI's reason and parameters
 * @param reachable whether a forwarded {@code host.get_servertime} came back (R20, R33)
 * @param updates what the pool's repository has for its hosts
 * @param packages {@code check_update} of XCP-ng's plugin: what the host lacks, by what it needs afterwards (R12)
 */
public record ServerAnswers(
        Map<HostUuid, Answer<LivePatchStatus>> livePatch,
        Map<HostUuid, Answer<Map<VmUuid, List<String>>>> evacuationBlockers,
        Map<HostUuid, Answer<Boolean>> reachable,
        Answer<RepositoryUpdates> updates,
        Map<HostUuid, Answer<Map<OwedRestart, List<String>>>> packages) {

    public ServerAnswers {
        livePatch = Map.copyOf(livePatch);
        evacuationBlockers = Map.copyOf(evacuationBlockers);
        reachable = Map.copyOf(reachable);
        packages = Map.copyOf(packages);
    }

    /** On channels without packages. */
    public ServerAnswers(
            Map<HostUuid, Answer<LivePatchStatus>> livePatch,
            Map<HostUuid, Answer<Map<VmUuid, List<String>>>> evacuationBlockers,
            Map<HostUuid, Answer<Boolean>> reachable,
            Answer<RepositoryUpdates> updates) {
        this(livePatch, evacuationBlockers, reachable, updates, Map.of());
    }

    /** Of a pool that was not asked for a list of updates. */
    public ServerAnswers(
            Map<HostUuid, Answer<LivePatchStatus>> livePatch,
            Map<HostUuid, Answer<Map<VmUuid, List<String>>>> evacuationBlockers,
            Map<HostUuid, Answer<Boolean>> reachable) {
        this(livePatch, evacuationBlockers, reachable, Answer.notAsked("not asked"));
    }

    public static ServerAnswers none() {
        return new ServerAnswers(Map.of(), Map.of(), Map.of());
    }

    public Answer<LivePatchStatus> livePatchOf(HostUuid host) {
        return livePatch.getOrDefault(host, Answer.notAsked("not asked"));
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
