package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.PoolSequence;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.precheck.Judgement;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateUuid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Before the first host: ask the pool, decide, plan, judge. Nothing is touched. */
final class Prechecking {

    /** How long the pool is left alone between two looks at our questions. */
    static final Duration PACE = Duration.ofMillis(300);

    private Prechecking() {}

    static Tick slice(Slice slice) {
        PoolUpdate pool = slice.pool();
        if (pool.cancelRequested()) {
            slice.save(
                    pool.leavingOut(WishesHeard.cancelled(), slice.time())
                            .ended(PoolUpdateState.CANCELLED, null, slice.time()),
                    slice.poolEvent("pool-update.cancelled", Map.of()));
            return Tick.ENDED;
        }
        if (pool.isClosed(slice.time())) {
            return Closing.begin(slice);
        }
        if (!pool.hosts().isEmpty() && pending(pool).isEmpty()) {
            // an earlier window finished the hosts: what is left concerns VMs
            slice.save(pool.in(PoolUpdateState.RUNNING));
            return Tick.at(slice.time());
        }
        Optional<Tick> fixing = FixMaking.slice(slice, PlanFixes::precedesPlan);
        if (fixing.isPresent()) {
            return fixing.get();
        }
        PoolSnapshot seen = slice.xapi().pool().observe();
        Optional<UpdateUuid> gone =
                pool.choice().image().filter(uuid -> seen.update(uuid).isEmpty());
        if (gone.isPresent()) {
            return reject(
                    slice,
                    Failure.of(
                            "UPDATE_NOT_FOUND",
                            "The pool no longer knows update " + gone.get()
                                    + ". Nothing was touched; upload it again."));
        }
        Questions open = pool.questions() == null
                ? Questions.begin(seen, pool.choice(), targets(pool, seen), slice.latest(), policy(pool), slice.time())
                : pool.questions();
        Questions asked = open.step(slice.xapi(), seen, slice.packages(), slice.latest(), slice.clock());
        if (!asked.isComplete()) {
            slice.save(pool.asking(asked));
            return Tick.at(slice.time().plus(PACE));
        }
        return judge(slice, seen, asked);
    }

    private static Tick judge(Slice slice, PoolSnapshot seen, Questions asked) {
        PoolUpdate pool = slice.pool();
        Judgement judgement = Judgement.of(
                seen,
                pool.choice(),
                targets(pool, seen),
                asked.answers(),
                slice.latest(),
                policy(pool),
                slice.time(),
                null,
                slice.limits());
        if (judgement.blocked()) {
            slice.save(pool.judged(judgement.rows()));
            return reject(slice, blockedBy(judgement.rows(), pool.stateInWords()));
        }
        List<KeptFix> inVain = PlanFixes.inVain(pool, judgement);
        if (!inVain.isEmpty()) {
            slice.save(pool.judged(judgement.rows()));
            return reject(slice, HostFixes.failure(inVain, pool.stateInWords()));
        }
        PoolUpdate fixed = PlanFixes.forPlan(pool, judgement);
        if (!fixed.equals(pool)) {
            slice.save(fixed.asking(null));
            return Tick.at(slice.time());
        }
        List<VmHome> homes = seen.vms().stream()
                .map(vm -> new VmHome(vm.uuid(), vm.name(), vm.powerState(), vm.residentOn(), null))
                .toList();
        List<HostUpdate> work = pool.hosts().isEmpty()
                ? work(slice, seen, judgement)
                : goingOn(pool, work(slice, seen, judgement), slice.time());
        slice.save(
                pool.judged(judgement.rows()).settledOn(settled(judgement)).running(homes, work),
                slice.poolEvent("pool-update.started", Map.of("hosts", work.size())));
        return Tick.at(slice.time());
    }

    private static @Nullable List<UpdateUuid> settled(Judgement judgement) {
        PoolSequence sequence = judgement.plan().sequence();
        return sequence == null ? null : sequence.updates();
    }

    /** The planned hosts, and after them those that are left out, so that the history names every target. */
    private static List<HostUpdate> work(Slice slice, PoolSnapshot seen, Judgement judgement) {
        Instant now = slice.time();
        List<HostUpdate> work = new ArrayList<>();
        judgement
                .plan()
                .hosts()
                .forEach(plan -> work.add(HostUpdate.pending(plan, name(seen, plan.hostUuid()), work.size())));
        judgement
                .leftOut()
                .forEach(host -> work.add(HostUpdate.leftOut(
                        host, name(seen, host), work.size(), blockedBy(rowsOf(judgement.rows(), host)), now)));
        skipped(slice.pool(), seen).forEach(host -> {
            HostUpdate out = HostUpdate.leftOut(
                    host, name(seen, host), work.size(), Failure.of(Reasons.SKIPPED_ON_REQUEST, ""), now);
            work.add(out.failing(WishesHeard.onRequest(out)));
        });
        return work;
    }

    /** What an earlier window finished stays; what it left is planned anew. */
    private static List<HostUpdate> goingOn(PoolUpdate pool, List<HostUpdate> planned, Instant now) {
        return pool.hosts().stream()
                .map(host -> host.state() == HostUpdateState.PENDING
                        ? planned.stream()
                                .filter(again -> again.host().equals(host.host()))
                                .findFirst()
                                .map(again -> again.at(host.position()))
                                .orElseGet(() -> gone(host, now))
                        : host)
                .toList();
    }

    private static HostUpdate gone(HostUpdate host, Instant now) {
        return host.ended(
                HostUpdateState.SKIPPED,
                null,
                Failure.of("HOST_GONE", "Host " + host.name() + " is no longer in the pool."),
                now);
    }

    private static Set<HostUuid> pending(PoolUpdate pool) {
        return pool.hosts().stream()
                .filter(host -> host.state() == HostUpdateState.PENDING)
                .map(HostUpdate::host)
                .collect(Collectors.toSet());
    }

    /** Without those that people want left out; a coordinator is judged all the same, because its members need it (R13). */
    private static Set<HostUuid> targets(PoolUpdate pool, PoolSnapshot seen) {
        if (!pool.hosts().isEmpty()) {
            return pending(pool);
        }
        Set<HostUuid> left = chosen(pool, seen);
        left.removeAll(skipped(pool, seen));
        return left.size() == chosen(pool, seen).size() ? pool.targets() : left;
    }

    private static Set<HostUuid> chosen(PoolUpdate pool, PoolSnapshot seen) {
        return seen.hosts().stream()
                .map(HostSnapshot::uuid)
                .filter(host -> pool.targets().isEmpty() || pool.targets().contains(host))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<HostUuid> skipped(PoolUpdate pool, PoolSnapshot seen) {
        Set<HostUuid> chosen = chosen(pool, seen);
        Set<HostUuid> out = chosen.stream()
                .filter(host -> pool.wishes().skip().contains(host) && !host.equals(seen.coordinator()))
                .collect(Collectors.toSet());
        // with nobody left there is nothing to judge; they are left out one by one then
        return pool.hosts().isEmpty() && out.size() < chosen.size() ? out : Set.of();
    }

    private static UpdatePolicy policy(PoolUpdate pool) {
        return pool.hosts().isEmpty() ? pool.policy() : pool.policy().withoutAddingTheCoordinator();
    }

    private static List<PrecheckRow> rowsOf(List<PrecheckRow> rows, HostUuid host) {
        return rows.stream().filter(row -> host.value().equals(row.hostUuid())).toList();
    }

    private static String name(PoolSnapshot seen, HostUuid host) {
        return seen.host(host).map(HostSnapshot::name).orElse(host.toString());
    }

    static Failure blockedBy(List<PrecheckRow> rows) {
        return blockedBy(rows, "Nothing was touched.");
    }

    /** @param state a sentence that says what state things are in */
    private static Failure blockedBy(List<PrecheckRow> rows, String state) {
        List<PrecheckRow> blocking =
                rows.stream().filter(PrecheckRow::isBlocking).toList();
        return Failure.of(
                blocking.get(0).code(),
                blocking.stream().map(PrecheckRow::title).collect(Collectors.joining("; ")) + ". " + state + " "
                        + blocking.get(0).detail());
    }

    static Tick reject(Slice slice, Failure why) {
        Failure told = withFixes(slice.pool(), why);
        boolean touched = slice.pool().isTouched();
        slice.save(
                slice.pool()
                        .leavingOut(told, slice.time())
                        .ended(touched ? PoolUpdateState.FAILED : PoolUpdateState.REJECTED, told, slice.time()),
                slice.poolEvent(touched ? "pool-update.failed" : "pool-update.rejected", Map.of("code", told.code())));
        return Tick.ENDED;
    }

    /** What was done for the plan stays, and is told. */
    private static Failure withFixes(PoolUpdate pool, Failure why) {
        String made = pool.fixes().stream()
                .filter(fix -> fix.state() == FixState.MADE)
                .map(KeptFix::words)
                .collect(Collectors.joining(", "));
        return made.isEmpty()
                ? why
                : new Failure(
                        why.code(),
                        why.detail() + " These fixes were made before and stay: " + made + ".",
                        why.xapiError());
    }
}
