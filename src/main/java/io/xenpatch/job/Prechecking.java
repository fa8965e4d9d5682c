package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.PoolSequence;
import io.xenpatch.precheck.Judgement;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateUuid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                    pool.ended(PoolUpdateState.CANCELLED, null, slice.time()),
                    slice.poolEvent("pool-update.cancelled", Map.of()));
            return Tick.ENDED;
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
                ? Questions.begin(seen, pool.choice(), pool.targets(), slice.latest(), pool.policy(), slice.time())
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
                pool.targets(),
                asked.answers(),
                slice.latest(),
                pool.policy(),
                slice.time(),
                null,
                slice.limits());
        if (judgement.blocked()) {
            slice.save(pool.judged(judgement.rows()));
            return reject(slice, blockedBy(judgement.rows()));
        }
        List<KeptFix> inVain = PlanFixes.inVain(pool, judgement);
        if (!inVain.isEmpty()) {
            slice.save(pool.judged(judgement.rows()));
            return reject(slice, HostFixes.failure(inVain, "No host was touched."));
        }
        PoolUpdate fixed = PlanFixes.forPlan(pool, judgement);
        if (!fixed.equals(pool)) {
            slice.save(fixed.asking(null));
            return Tick.at(slice.time());
        }
        List<VmHome> homes = seen.vms().stream()
                .map(vm -> new VmHome(vm.uuid(), vm.name(), vm.powerState(), vm.residentOn(), null))
                .toList();
        List<HostUpdate> work = work(seen, judgement, slice.time());
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
    private static List<HostUpdate> work(PoolSnapshot seen, Judgement judgement, Instant now) {
        List<HostUpdate> work = new ArrayList<>();
        judgement
                .plan()
                .hosts()
                .forEach(plan -> work.add(HostUpdate.pending(plan, name(seen, plan.hostUuid()), work.size())));
        judgement
                .leftOut()
                .forEach(host -> work.add(HostUpdate.leftOut(
                        host, name(seen, host), work.size(), blockedBy(rowsOf(judgement.rows(), host)), now)));
        return work;
    }

    private static List<PrecheckRow> rowsOf(List<PrecheckRow> rows, HostUuid host) {
        return rows.stream().filter(row -> host.value().equals(row.hostUuid())).toList();
    }

    private static String name(PoolSnapshot seen, HostUuid host) {
        return seen.host(host).map(HostSnapshot::name).orElse(host.toString());
    }

    static Failure blockedBy(List<PrecheckRow> rows) {
        List<PrecheckRow> blocking =
                rows.stream().filter(PrecheckRow::isBlocking).toList();
        return Failure.of(
                blocking.get(0).code(),
                blocking.stream().map(PrecheckRow::title).collect(Collectors.joining("; ")) + ". Nothing was touched. "
                        + blocking.get(0).detail());
    }

    static Tick reject(Slice slice, Failure why) {
        Failure told = withFixes(slice.pool(), why);
        slice.save(
                slice.pool().ended(PoolUpdateState.REJECTED, told, slice.time()),
                slice.poolEvent("pool-update.rejected", Map.of("code", told.code())));
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
