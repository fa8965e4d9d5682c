package io.xenpatch.precheck;

import io.xenpatch.plan.RollingOrder;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whether every host can still be emptied when its turn comes (P4.3). Of a host whose turn finds everything as it is now, the server's own
 * answer says it ({@link Evacuable}); of the others the plan is played through.
 */
final class RollingOrderFits implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (situation.policy().leavesHostsDisabled()) {
            // no second host leaves the pool: ManualActions says so (R28)
            return List.of();
        }
        List<RollingOrder.Turn> turns = RollingOrder.play(situation.pool(), situation.plan());
        List<RollingOrder.Turn> others =
                turns.stream().filter(turn -> !turn.asNow()).toList();
        List<PrecheckRow> rows = new ArrayList<>();
        others.stream()
                .filter(turn -> !turn.isPossible())
                .map(turn -> stuck(situation, turns, turn))
                .forEach(rows::add);
        if (rows.isEmpty() && !others.isEmpty()) {
            rows.add(Finding.of("ROLLING_ORDER_FITS", Severity.OK, situation)
                    .with("hosts", names(situation, turns))
                    .says("There is room for the VMs of every host when its turn comes", ""));
        }
        return rows;
    }

    private static PrecheckRow stuck(Situation situation, List<RollingOrder.Turn> turns, RollingOrder.Turn turn) {
        HostSnapshot host = situation.host(turn.host());
        List<String> vms = guests(situation, turn.stuck());
        List<String> strangers = guests(situation, turn.strangers());
        boolean known = turn.targets().stream()
                .allMatch(target -> situation.host(target).memoryTotal() > 0);
        Severity severity = turn.certain() && known ? Severity.BLOCKING : Severity.WARNING;
        return Finding.of("NO_ROOM_IN_TURN", severity, situation)
                .on(host)
                .with("vms", vms)
                .with("vmUuids", turn.stuck().stream().map(VmUuid::value).toList())
                .with("strangers", strangers)
                .with("before", before(situation, turns, turn))
                .with("targets", named(situation, turn.targets()))
                .with("memoryKnown", known)
                .curedBy(Fixes.SUSPEND_VM)
                .says(
                        "When its turn comes there " + (severity == Severity.BLOCKING ? "is" : "may be")
                                + " no room for " + String.join(", ", vms) + " of host " + host.name(),
                        why(situation, turns, turn, strangers)
                                + " Have VMs brought home after each host (vmPlacementAfter HOME), free memory by suspending or"
                                + " shutting down VMs, or bring back hosts that are out of service.");
    }

    private static String why(
            Situation situation, List<RollingOrder.Turn> turns, RollingOrder.Turn turn, List<String> strangers) {
        String earlier = String.join(", ", before(situation, turns, turn));
        String targets = turn.targets().isEmpty()
                ? "no host is left that could take them."
                : "only these could take them: " + String.join(", ", named(situation, turn.targets())) + ".";
        String burden = strangers.isEmpty() ? "" : " By then it also has " + String.join(", ", strangers) + ".";
        return "Hosts before it in the order: " + earlier + "." + burden + " With what is free then, " + targets;
    }

    private static List<String> before(Situation situation, List<RollingOrder.Turn> turns, RollingOrder.Turn turn) {
        return turns.stream()
                .takeWhile(earlier -> !earlier.equals(turn))
                .map(earlier -> situation.host(earlier.host()).name())
                .toList();
    }

    private static List<String> names(Situation situation, List<RollingOrder.Turn> turns) {
        return named(situation, turns.stream().map(RollingOrder.Turn::host).toList());
    }

    private static List<String> named(Situation situation, Collection<HostUuid> hosts) {
        return hosts.stream().map(host -> situation.host(host).name()).toList();
    }

    private static List<String> guests(Situation situation, List<VmUuid> vms) {
        return vms.stream().map(situation::vmName).sorted().toList();
    }
}
