package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.RefusalWords;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.RepositoryUpdates;
import java.util.ArrayList;
import java.util.List;

/** A host of which the server does not say what it lacks can't be decided on (R2). */
final class UpdatesListed implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (!situation.isFromRepository() || situation.plan().hosts().isEmpty()) {
            return List.of();
        }
        return situation
                .answers()
                .updates()
                .fold(
                        updates -> missing(situation, updates),
                        failed -> List.of(failed(situation, failed.code(), failed.parameters())),
                        notAsked -> List.of(failed(situation, "NO_ANSWER", List.of(notAsked.reason()))));
    }

    private static List<PrecheckRow> missing(Situation situation, RepositoryUpdates updates) {
        return situation.plan().hosts().stream()
                .map(HostPlan::hostUuid)
                .filter(host -> updates.of(host).isEmpty())
                .map(host -> row(situation, situation.host(host)))
                .toList();
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host) {
        return Finding.of("HOST_UPDATES_UNKNOWN", Severity.BLOCKING, situation)
                .on(host)
                .curedBy(Fixes.SYNC_UPDATES)
                .says(
                        "The pool does not say what host " + host.name() + " lacks",
                        "Its list of updates leaves the host out, so it is not known whether a live patch exists or a reboot is "
                                + "needed. Synchronise the pool and assess again.");
    }

    private static PrecheckRow failed(Situation situation, String code, List<String> parameters) {
        List<String> verbatim = new ArrayList<>(List.of(code));
        verbatim.addAll(parameters);
        return Finding.of(code.equals("NO_ANSWER") ? "NO_ANSWER" : "UPDATES_NOT_LISTED", Severity.BLOCKING, situation)
                .with("question", "GET /updates")
                .with("xapiError", List.copyOf(verbatim))
                .curedBy(Fixes.SYNC_UPDATES)
                .says(
                        "Pool " + situation.poolName() + " does not list the updates of its hosts",
                        ("The server's own words: " + String.join(", ", verbatim) + ". " + RefusalWords.of(code))
                                .strip());
    }
}
