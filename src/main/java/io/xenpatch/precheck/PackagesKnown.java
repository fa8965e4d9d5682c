package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.PackageGuidance;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.UpdaterRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An XCP-ng host that does not say which packages it lacks is not updated: what they need is not known (R2, R12). */
final class PackagesKnown implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.applying().stream()
                .filter(PackagesKnown::isUnknown)
                .map(plan -> situation.host(plan.hostUuid()))
                // a host that does not answer at all has its own row
                .filter(host -> HostsLive.answers(situation, host))
                .flatMap(host -> situation
                        .answers()
                        .packagesOf(host.uuid())
                        .fold(
                                packages -> Stream.<PrecheckRow>empty(),
                                failed -> Stream.of(refused(situation, host, failed)),
                                notAsked -> Stream.of(silent(situation, host, notAsked.reason()))))
                .toList();
    }

    private static boolean isUnknown(HostPlan plan) {
        PackageGuidance packages = plan.decision().inputs().packages();
        return packages != null && !packages.known();
    }

    private static PrecheckRow refused(
            Situation situation, HostSnapshot host, Answer.Failed<Map<OwedRestart, List<String>>> failed) {
        List<String> verbatim = new ArrayList<>(List.of(failed.code()));
        verbatim.addAll(failed.parameters());
        UpdaterRefusal refusal = UpdaterRefusal.of(failed.code(), failed.parameters());
        return Finding.of(code(refusal), Severity.BLOCKING, situation)
                .on(host)
                .with("xapiError", List.copyOf(verbatim))
                .says("Host " + host.name() + " does not say which packages it lacks", detail(refusal));
    }

    private static String code(UpdaterRefusal refusal) {
        return switch (refusal) {
            case BUSY, UPDATE_IN_PROGRESS -> "UPDATER_PLUGIN_BUSY";
            case NO_PLUGIN -> "UPDATER_PLUGIN_MISSING";
            case FAILED -> "UPDATER_PLUGIN_FAILED";
        };
    }

    private static String detail(UpdaterRefusal refusal) {
        return switch (refusal) {
            case BUSY ->
                "Something else runs in its updater plugin, and went on doing so while it was asked several times. Try again "
                        + "when that has ended. If nothing runs, the plugin left its lock behind: remove "
                        + "/var/lib/xcp-ng-xapi-plugins/updater.py.lock on the host.";
            case UPDATE_IN_PROGRESS ->
                "An update that somebody else started is running there. Try again when it has ended.";
            case NO_PLUGIN ->
                "Its updater plugin is not installed: install the package xcp-ng-xapi-plugins with yum on the host, then try again.";
            case FAILED ->
                "Its package manager could not find out, mostly because a mirror can't be reached. Run yum check-update on the "
                        + "host to see why, then try again.";
        };
    }

    private static PrecheckRow silent(Situation situation, HostSnapshot host, String why) {
        return Finding.of("NO_ANSWER", Severity.BLOCKING, situation)
                .on(host)
                .with("question", "check_update")
                .with("reason", why)
                .says(
                        "Host " + host.name() + " was not asked which packages it lacks",
                        "Without the host's own word it is not known what an update needs there (" + why + ").");
    }
}
