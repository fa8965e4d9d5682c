package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.HostSequence;
import io.xenpatch.plan.PoolSequence;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.util.ArrayList;
import java.util.List;

/** What the server itself says of the update on each host: {@code pool_update.precheck} (xencenter.md §4.4, xapi.md §6.3). */
final class ServerPrecheck implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<PrecheckRow> rows = new ArrayList<>();
        for (HostPlan plan : situation.applying()) {
            HostSnapshot host = situation.host(plan.hostUuid());
            if (HostsLive.answers(situation, host)) {
                HostSequence sequence = plan.sequence();
                if (sequence == null) {
                    situation
                            .image()
                            .filter(UpdateInfo::uploaded)
                            .ifPresent(update -> rows.add(row(situation, host, update.uuid())));
                } else {
                    rows.addAll(sequence(situation, host, sequence));
                }
            }
        }
        return rows;
    }

    /** Later updates of a sequence are asked about only where no feed tells their order; that one must come first is no problem. */
    private static List<PrecheckRow> sequence(Situation situation, HostSnapshot host, HostSequence sequence) {
        List<UpdateUuid> uploaded = sequence.updates().stream()
                .map(HostSequence.Part::update)
                .filter(update -> situation
                        .pool()
                        .update(update)
                        .filter(UpdateInfo::uploaded)
                        .isPresent())
                .toList();
        UpdateUuid first = sequence.updates().get(0).update();
        return uploaded.stream()
                .filter(update -> update.equals(first)
                        || situation
                                .answers()
                                .livePatchOf(host.uuid(), update)
                                .fold(
                                        passed -> false,
                                        failed -> !PoolSequence.isPrerequisiteMissing(failed.code()),
                                        notAsked -> false))
                .map(update -> row(situation, host, update))
                .toList();
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host, UpdateUuid update) {
        String name = situation.nameOf(update);
        return situation
                .answers()
                .livePatchOf(host.uuid(), update)
                .fold(
                        status -> passed(situation, host, name, status),
                        failed -> refused(situation, host, name, failed),
                        notAsked -> silent(situation, host, notAsked.reason()));
    }

    private static PrecheckRow passed(Situation situation, HostSnapshot host, String update, LivePatchStatus status) {
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
                .with("update", update)
                .with("livePatch", status.name())
                .says("Host " + host.name() + " accepts update " + update, "");
    }

    private static PrecheckRow refused(
            Situation situation, HostSnapshot host, String update, Answer.Failed<LivePatchStatus> failed) {
        ServerRefusal refusal = ServerRefusal.of(failed.code(), failed.parameters());
        List<String> verbatim = new ArrayList<>(List.of(failed.code()));
        verbatim.addAll(failed.parameters());
        Finding finding = Finding.of(refusal.code(), refusal.severity(), situation)
                .on(host)
                .with("update", update)
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
