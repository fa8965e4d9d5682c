package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.UpdateInfo;
import java.util.ArrayList;
import java.util.List;

/** What the server itself says of the update on each host: {@code pool_update.precheck} (xencenter.md §4.4, xapi.md §6.3). */
final class ServerPrecheck implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<PrecheckRow> rows = new ArrayList<>();
        for (HostPlan plan : situation.applying()) {
            HostSnapshot host = situation.host(plan.hostUuid());
            if (HostsLive.answers(situation, host)
                    && situation.image().filter(UpdateInfo::uploaded).isPresent()) {
                rows.add(situation
                        .answers()
                        .livePatchOf(host.uuid())
                        .fold(
                                status -> passed(situation, host, status),
                                failed -> refused(situation, host, failed),
                                notAsked -> silent(situation, host, notAsked.reason())));
            }
        }
        return rows;
    }

    private static PrecheckRow passed(Situation situation, HostSnapshot host, LivePatchStatus status) {
        String update = situation.updateName();
        if (status == LivePatchStatus.UNKNOWN) {
            return Finding.of("LIVE_PATCH_STATUS_UNKNOWN", Severity.WARNING, situation)
                    .on(host)
                    .says(
                            "Host " + host.name() + " accepts update " + update
                                    + " but says nothing clear of a live patch",
                            "The answer is a word that this version does not know, so no live patch is relied on.");
        }
        return Finding.of("SERVER_PRECHECK_PASSED", Severity.OK, situation)
                .on(host)
                .with("livePatch", status.name())
                .says("Host " + host.name() + " accepts update " + update, "");
    }

    private static PrecheckRow refused(Situation situation, HostSnapshot host, Answer.Failed<LivePatchStatus> failed) {
        ServerRefusal refusal = ServerRefusal.of(failed.code(), failed.parameters());
        List<String> verbatim = new ArrayList<>(List.of(failed.code()));
        verbatim.addAll(failed.parameters());
        Finding finding = Finding.of(refusal.code(), refusal.severity(), situation)
                .on(host)
                .with("update", situation.updateName())
                .with("xapiError", List.copyOf(verbatim))
                .curedBy(refusal.fix());
        refusal.facts().forEach(finding::with);
        return finding.says("Host " + host.name() + ": " + refusal.title(), refusal.detail());
    }

    private static PrecheckRow silent(Situation situation, HostSnapshot host, String why) {
        return Finding.of("NO_ANSWER", Severity.BLOCKING, situation)
                .on(host)
                .with("question", "pool_update.precheck")
                .with("reason", why)
                .says(
                        "Host " + host.name() + " was not asked whether the update fits",
                        "Without the server's own precheck it is not known whether the update fits or a live patch exists ("
                                + why + ").");
    }
}
