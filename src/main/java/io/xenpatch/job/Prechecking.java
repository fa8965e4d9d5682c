package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.PoolPlanner;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.precheck.Prechecks;
import io.xenpatch.precheck.Situation;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Before the first host: ask the pool, decide, plan, judge. Nothing is touched. */
final class Prechecking {

    /** How long the pool is left alone between two looks at our questions. */
    static final Duration PACE = Duration.ofMillis(300);

    private Prechecking() {}

    static Tick slice(Slice slice) {
        PoolUpdate pool = slice.pool();
        if (pool.cancelRequested()) {
            slice.save(
                    pool.ended(PoolUpdateState.CANCELLED, null, slice.time()),
                    slice.poolEvent("pool-update.cancelled", Map.of()));
            return Tick.ENDED;
        }
        PoolSnapshot seen = slice.xapi().pool().observe();
        if (seen.update(pool.update()).isEmpty()) {
            return reject(
                    slice,
                    Failure.of(
                            "UPDATE_NOT_FOUND",
                            "The pool no longer knows update " + pool.update()
                                    + ". Nothing was touched; upload it again."));
        }
        Questions open = pool.questions() == null
                ? Questions.begin(seen, pool.update(), pool.targets(), pool.policy(), slice.time())
                : pool.questions();
        Questions asked = open.step(slice.xapi(), seen, slice.time());
        if (!asked.isComplete()) {
            slice.save(pool.asking(asked));
            return Tick.at(slice.time().plus(PACE));
        }
        return judge(slice, seen, asked);
    }

    private static Tick judge(Slice slice, PoolSnapshot seen, Questions asked) {
        PoolUpdate pool = slice.pool();
        PoolPlan plan = PoolPlanner.plan(seen, pool.update(), pool.targets(), asked.answers(), pool.policy());
        List<PrecheckRow> rows =
                Prechecks.judge(new Situation(seen, asked.answers(), plan, pool.policy(), slice.time(), null));
        Set<HostUuid> skipped = blockedHosts(rows);
        if (Prechecks.blocked(rows)
                && !(pool.policy().onBlocker() == OnBlocker.SKIP_HOST
                        && mayBeLeftOut(rows, skipped, plan, seen.coordinator()))) {
            slice.save(pool.judged(rows));
            return reject(slice, blockedBy(rows));
        }
        List<HostUpdate> work = new ArrayList<>();
        for (HostPlan host : plan.hosts()) {
            work.add(hostUpdate(seen, host, work.size(), slice, skipped.contains(host.hostUuid())));
        }
        List<VmHome> homes = seen.vms().stream()
                .map(vm -> new VmHome(vm.uuid(), vm.name(), vm.powerState(), vm.residentOn(), null))
                .toList();
        slice.save(
                pool.judged(rows).running(homes, work),
                slice.poolEvent("pool-update.started", Map.of("hosts", work.size())));
        return Tick.at(slice.time());
    }

    private static HostUpdate hostUpdate(PoolSnapshot seen, HostPlan plan, int position, Slice slice, boolean skipped) {
        String name = seen.host(plan.hostUuid()).map(host -> host.name()).orElse("");
        HostUpdate pending = new HostUpdate(
                plan.hostUuid(),
                name,
                position,
                HostUpdateState.PENDING,
                null,
                plan.applies(),
                plan.endsDisabled(),
                plan.decision().inputs(),
                null,
                null,
                List.of(),
                false,
                null,
                null,
                List.of());
        return skipped
                ? pending.ended(
                        HostUpdateState.SKIPPED,
                        null,
                        Failure.of("BLOCKED", "Its prechecks block it; the job leaves such hosts out."),
                        slice.time())
                : pending;
    }

    private static Set<HostUuid> blockedHosts(List<PrecheckRow> rows) {
        return rows.stream()
                .filter(PrecheckRow::isBlocking)
                .filter(row -> row.hostUuid() != null)
                .map(row -> new HostUuid(java.util.Objects.requireNonNull(row.hostUuid())))
                .collect(Collectors.toSet());
    }

    /** Only hosts whose own rows block, and never a coordinator that lacks the update (R13). */
    private static boolean mayBeLeftOut(
            List<PrecheckRow> rows, Set<HostUuid> blocked, PoolPlan plan, HostUuid coordinator) {
        boolean poolBlocked = rows.stream().anyMatch(row -> row.isBlocking() && row.hostUuid() == null);
        boolean coordinatorLacksIt = blocked.contains(coordinator)
                && plan.host(coordinator).map(HostPlan::applies).orElse(true);
        boolean someAreLeft = plan.hosts().stream().anyMatch(host -> !blocked.contains(host.hostUuid()));
        return !poolBlocked && !coordinatorLacksIt && someAreLeft;
    }

    static Failure blockedBy(List<PrecheckRow> rows) {
        List<PrecheckRow> blocking =
                rows.stream().filter(PrecheckRow::isBlocking).toList();
        return Failure.of(
                blocking.get(0).code(),
                blocking.stream().map(PrecheckRow::title).collect(Collectors.joining("; ")) + ". Nothing was touched. "
                        + blocking.get(0).detail());
    }

    private static Tick reject(Slice slice, Failure why) {
        slice.save(
                slice.pool().ended(PoolUpdateState.REJECTED, why, slice.time()),
                slice.poolEvent("pool-update.rejected", Map.of("code", why.code())));
        return Tick.ENDED;
    }
}
