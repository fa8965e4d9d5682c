package io.xenpatch.precheck;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.PoolPlanner;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.ServerAnswers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A pool planned, judged, and planned again without the hosts that {@code SKIP_HOST} leaves out: the one way in which assessment
 * and job come to a plan, so that the one does what the other says.
 *
 * @param plan without the hosts that are left out
 * @param rows of the whole request; those of a host that is left out stay, with an INFO row that says so
 * @param leftOut targets that are not touched because something stops them
 * @param blocked nothing may start on this pool
 * @param fixes what the job does against what was found, as the request allows it (R35); of a blocked pool nothing is made
 */
public record Judgement(
        PoolPlan plan, List<PrecheckRow> rows, Set<HostUuid> leftOut, boolean blocked, List<PlannedFix> fixes) {

    public Judgement {
        rows = List.copyOf(rows);
        leftOut = Set.copyOf(leftOut);
        fixes = List.copyOf(fixes);
    }

    /**
     * Plans and judges.
     *
     * @param targets empty = all hosts
     * @param latest what {@code {latest: true}} means where it is about update images
     * @throws IllegalArgumentException when the pool does not know the chosen update image
     */
    public static Judgement of(
            PoolSnapshot pool,
            UpdateChoice choice,
            Set<HostUuid> targets,
            ServerAnswers answers,
            LatestImages latest,
            UpdatePolicy policy,
            Instant observedAt,
            @Nullable ActivePoolUpdate active,
            PrecheckLimits limits) {
        Set<HostUuid> left = new LinkedHashSet<>(
                targets.isEmpty()
                        ? pool.hosts().stream().map(host -> host.uuid()).toList()
                        : targets);
        Set<HostUuid> leftOut = new LinkedHashSet<>();
        List<PrecheckRow> skipped = new ArrayList<>();
        while (true) {
            PoolPlan plan = PoolPlanner.plan(pool, choice, left, answers, latest, policy);
            Situation situation = Situation.of(pool, answers, plan, latest, policy, observedAt, active, limits);
            List<PrecheckRow> found = Prechecks.judge(situation);
            boolean isNew = !left.contains(pool.coordinator()) && !leftOut.contains(pool.coordinator());
            if (isNew && policy.mayFix(FixCode.ADD_COORDINATOR) && lacksCoordinator(found)) {
                left.add(pool.coordinator());
                skipped.add(coordinatorAdded(situation));
                continue;
            }
            Cures cures = Cures.of(situation, found);
            List<PrecheckRow> rows = cures.rows();
            Set<HostUuid> next = policy.onBlocker() == OnBlocker.SKIP_HOST ? skippable(situation, rows) : Set.of();
            if (next.isEmpty() || left.size() == next.size()) {
                return new Judgement(plan, joined(skipped, rows), leftOut, Prechecks.blocked(rows), cures.fixes());
            }
            next.forEach(host -> skipped.addAll(rowsOf(situation, rows, host)));
            leftOut.addAll(next);
            left.removeAll(next);
        }
    }

    private static boolean lacksCoordinator(List<PrecheckRow> rows) {
        return rows.stream().anyMatch(row -> row.isBlocking() && Fixes.ADD_COORDINATOR.equals(row.fix()));
    }

    private static PrecheckRow coordinatorAdded(Situation situation) {
        HostSnapshot coordinator = situation.coordinator();
        return Finding.of("COORDINATOR_ADDED", Severity.INFO, situation)
                .about(coordinator)
                .with("fixedBy", List.of(FixCode.ADD_COORDINATOR.name()))
                .says(
                        "Coordinator " + coordinator.name() + " is updated too, and first",
                        "The request did not name it. The hosts that it names must not become newer than their coordinator, and the"
                                + " request allows the job to add it.");
    }

    /**
     * The targets that may be left out: those with BLOCKING rows of their own. Never a coordinator that lacks the update, because
     * then no other host may start either (R13): with that, or with a row that stops the whole pool, nobody is left out.
     */
    public static Set<HostUuid> skippable(Situation situation, List<PrecheckRow> rows) {
        Set<HostUuid> blocked = situation.plan().hosts().stream()
                .map(HostPlan::hostUuid)
                .filter(host -> rows.stream()
                        .anyMatch(row -> row.isBlocking() && host.value().equals(row.hostUuid())))
                .collect(Collectors.toUnmodifiableSet());
        boolean coordinatorStopped =
                blocked.contains(situation.pool().coordinator()) && situation.lacksUpdate(situation.coordinator());
        return coordinatorStopped ? Set.of() : blocked;
    }

    private static List<PrecheckRow> rowsOf(Situation situation, List<PrecheckRow> rows, HostUuid host) {
        List<PrecheckRow> own = new ArrayList<>(rows.stream()
                .filter(row -> row.isBlocking() && host.value().equals(row.hostUuid()))
                .toList());
        List<String> codes = own.stream().map(PrecheckRow::code).distinct().toList();
        String name = situation.host(host).name();
        own.add(Finding.of("HOST_LEFT_OUT", Severity.INFO, situation)
                .on(situation.host(host))
                .with("because", codes)
                .says(
                        "Host " + name + " is left out",
                        "The request says SKIP_HOST, and this stops the host: " + String.join(", ", codes) + "."));
        return own;
    }

    private static List<PrecheckRow> joined(List<PrecheckRow> skipped, List<PrecheckRow> rows) {
        List<PrecheckRow> all = new ArrayList<>(skipped);
        all.addAll(rows);
        all.sort(Comparator.comparing(row -> !row.isBlocking()));
        return all.stream().distinct().toList();
    }
}
