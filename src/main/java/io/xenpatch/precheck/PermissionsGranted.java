package io.xenpatch.precheck;

import io.xenpatch.plan.RequiredCalls;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The user whom Xenpatch logs in as must be permitted every call of the plan, or it would stop half way (xapi.md §2.2, xencenter.md XC-2).
 * A coordinator that does not answer at all is not asked, and has its own row.
 */
final class PermissionsGranted implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        Set<String> forHosts =
                RequiredCalls.forHosts(situation.plan(), situation.pool().channel(), situation.policy());
        if (forHosts.isEmpty()) {
            return List.of();
        }
        Set<String> forGuests = RequiredCalls.forGuests(situation.plan(), situation.policy());
        return situation
                .answers()
                .permissions()
                .fold(
                        granted -> compared(situation, granted, forHosts, forGuests),
                        failed -> List.of(unknown(situation, failed)),
                        notAsked -> List.of());
    }

    private static List<PrecheckRow> compared(
            Situation situation, Permissions granted, Set<String> forHosts, Set<String> forGuests) {
        List<PrecheckRow> rows = new ArrayList<>();
        forHosts.stream()
                .filter(call -> !granted.allow(call))
                .forEach(call -> rows.add(
                        missing(situation, Severity.BLOCKING, call, "The plan needs it, so it would stop half way. ")));
        forGuests.stream()
                .filter(call -> !granted.allow(call))
                .forEach(
                        call -> rows.add(
                                missing(
                                        situation,
                                        Severity.WARNING,
                                        call,
                                        "VMs that need it are left as they are, and listed. Servers that lack this call permit it to nobody. ")));
        if (rows.isEmpty()) {
            rows.add(Finding.of("PERMISSIONS_SUFFICIENT", Severity.OK, situation)
                    .says("The user of pool " + situation.poolName() + " may do everything that the plan needs", ""));
        }
        return rows;
    }

    private static PrecheckRow missing(Situation situation, Severity severity, String call, String why) {
        String role = LeastRoles.of(call).orElse("pool-admin");
        return Finding.of("PERMISSION_MISSING", severity, situation)
                .with("method", call)
                .with("leastRole", role)
                .says(
                        "The user of pool " + situation.poolName() + " may not call " + call,
                        why + "Give that user the role " + role
                                + " or a higher one, or give Xenpatch the credentials of another user.");
    }

    private static PrecheckRow unknown(Situation situation, Answer.Failed<Permissions> failed) {
        List<String> verbatim = new ArrayList<>(List.of(failed.code()));
        verbatim.addAll(failed.parameters());
        return Finding.of("PERMISSIONS_UNKNOWN", Severity.WARNING, situation)
                .with("xapiError", List.copyOf(verbatim))
                .says(
                        "Pool " + situation.poolName() + " does not say what its user may do",
                        "A call that is not permitted is noticed only when it is made, maybe after the first host. Make sure that "
                                + "the user has the role " + leastOf(situation) + " or a higher one.");
    }

    /** Only what XCP-ng's plugin does is the pool administrator's alone. */
    private static String leastOf(Situation situation) {
        boolean needsAdmin =
                RequiredCalls.forHosts(situation.plan(), situation.pool().channel(), situation.policy()).stream()
                        .anyMatch(call ->
                                LeastRoles.of(call).filter("pool-admin"::equals).isPresent());
        return needsAdmin ? "pool-admin" : "pool-operator";
    }
}
