package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.RefusalWords;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.plan.VmTasks;
import io.xenpatch.plan.VmTasks.Owed;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts VMs, or their device models, when all hosts of a pool are finished (R10): a few at a time, cleanly, only those that still owe
 * it and run. A VM that could not be restarted is a warning and never fails its host. Each call is committed to before it is sent, and
 * one whose end nobody knows is observed, never repeated.
 */
final class VmRestarting {
    private static final Logger LOG = LoggerFactory.getLogger(VmRestarting.class);
    private static final Duration PACE = Duration.ofMillis(700);

    private VmRestarting() {}

    /** @return empty when there is nothing to do, or nothing any more */
    static Optional<Tick> slice(Slice slice) {
        PoolUpdate pool = slice.pool();
        if (!isWanted(pool)) {
            return Optional.empty();
        }
        List<VmRestart> known = pool.vmRestarts();
        if (known == null) {
            slice.save(pool.restarting(owing(pool, slice.xapi().pool().observe())));
            return Optional.of(Tick.at(slice.time()));
        }
        return known.stream().allMatch(VmRestart::isOver) ? Optional.empty() : Optional.of(work(slice, known));
    }

    /** Whether something is still to be done for VMs, or may be, and nothing is being done. */
    static boolean isLeft(Slice slice) {
        PoolUpdate pool = slice.pool();
        List<VmRestart> known = pool.vmRestarts();
        return isWanted(pool)
                && (known == null || running(slice) == 0 && !known.stream().allMatch(VmRestart::isOver));
    }

    private static boolean isWanted(PoolUpdate pool) {
        return pool.policy().vmRestarts() != VmRestarts.LIST
                && pool.policy().mode() == Mode.AUTOMATIC
                && (pool.state() == PoolUpdateState.RUNNING || pool.state() == PoolUpdateState.PAUSED);
    }

    /** Nobody answers any more: what is not over is reported. @return empty when nothing was to be done */
    static Optional<Tick> giveUp(Slice slice, String code) {
        List<VmRestart> known = slice.pool().vmRestarts();
        if (known == null) {
            HostUpdate first = slice.pool().hosts().get(0);
            slice.save(slice.pool()
                    .restarting(List.of())
                    .with(first.warned("VM_NOT_RESTARTED: it could not be seen which VMs of the pool owe a restart: "
                            + code + ". Run an assessment when the pool answers again.")));
            return Optional.of(Tick.at(slice.time()));
        }
        List<VmRestart> open = known.stream().filter(each -> !each.isOver()).toList();
        open.forEach(each -> fail(slice, each, code));
        return open.isEmpty() ? Optional.empty() : Optional.of(Tick.at(slice.time()));
    }

    private static List<VmRestart> owing(PoolUpdate pool, PoolSnapshot seen) {
        return VmTasks.all(seen.vms(), owed(pool), pool.policy().vmRestarts()).stream()
                .map(each -> VmRestart.pending(
                        each.vm().uuid(),
                        each.vm().name(),
                        Objects.requireNonNull(each.vm().residentOn()),
                        each.task()))
                .toList();
    }

    /** What update images asked for, of the hosts that received them in this job. */
    private static Map<VmUuid, Owed> owed(PoolUpdate pool) {
        Map<VmUuid, Owed> owed = new HashMap<>();
        for (HostUpdate host : pool.hosts()) {
            HostDecision decision = host.decision();
            Instant since = Applied.since(host);
            if (decision != null
                    && decision.inputs().repository() == null
                    && host.observed() != null
                    && host.applies()) {
                decision.vmsToRestart().forEach(vm -> owed.put(vm.vmUuid(), new Owed(vm.cause(), since)));
            }
        }
        return owed;
    }

    private static Tick work(Slice slice, List<VmRestart> known) {
        PoolSnapshot seen = slice.xapi().pool().observe();
        for (VmRestart each : known) {
            if (each.state() == VmRestart.State.RUNNING) {
                look(slice, each, seen.vm(each.vm()).orElse(null));
            }
        }
        long running = running(slice);
        Optional<VmRestart> next = restarts(slice)
                .filter(each -> each.state() == VmRestart.State.PENDING)
                .findFirst();
        if (slice.pool().state() == PoolUpdateState.PAUSED && running == 0) {
            return Tick.at(slice.time().plus(Rolling.PAUSE));
        }
        if (next.isPresent() && mayBegin(slice) && running < slice.settings().vmsAtOnce() && slice.hasTimeForACall()) {
            begin(slice, next.get(), seen.vm(next.get().vm()).orElse(null));
            return Tick.at(slice.time());
        }
        return Tick.at(slice.time().plus(PACE));
    }

    private static boolean mayBegin(Slice slice) {
        return slice.pool().state() != PoolUpdateState.PAUSED && !slice.pool().isClosed(slice.time());
    }

    private static long running(Slice slice) {
        return restarts(slice)
                .filter(each -> each.state() == VmRestart.State.RUNNING)
                .count();
    }

    private static Stream<VmRestart> restarts(Slice slice) {
        return Objects.requireNonNull(slice.pool().vmRestarts()).stream();
    }

    private static void begin(Slice slice, VmRestart each, @Nullable VmSnapshot vm) {
        boolean owes = vm != null && owes(slice, each, vm);
        if (vm == null || !owes) {
            slice.save(slice.pool().with(each.in(VmRestart.State.NEEDLESS)));
            return;
        }
        VmRestart intent = each.intent(slice.time(), vm.startedAt());
        slice.save(slice.pool().with(intent));
        try {
            XapiTaskRef call = slice.sending(() -> each.task() == UpdateTask.RESTART_VM
                    ? slice.xapi().vms().cleanReboot(each.vm())
                    : slice.xapi().vms().restartDeviceModels(each.vm()));
            slice.save(slice.pool().with(intent.accepted(call)));
        } catch (XapiFailure.Refused refused) {
            if (!refused.mayHaveHappened()) {
                fail(slice, intent, refused.code());
            }
        } catch (XapiFailure failure) {
            if (!failure.mayHaveHappened()) {
                slice.save(slice.pool().with(each));
            }
        }
    }

    private static void look(Slice slice, VmRestart each, @Nullable VmSnapshot vm) {
        XapiTaskRef call = each.call();
        if (call == null) {
            observe(slice, each, vm);
            return;
        }
        Instant intentAt = Objects.requireNonNull(each.intentAt());
        XapiTask task = slice.xapi().tasks().observe(call);
        if (task instanceof XapiTask.Failed failed) {
            forget(slice, call);
            fail(slice, each, failed.code());
        } else if (task instanceof XapiTask.Succeeded) {
            forget(slice, call);
            slice.save(slice.pool().with(each.in(VmRestart.State.DONE)), told(slice, "vm.restarted", each));
        } else if (task instanceof XapiTask.OutcomeUnknown || isOverdue(slice, intentAt)) {
            observe(slice, each, vm);
        }
    }

    /** Nobody says how it ended: what the VM shows counts. */
    private static void observe(Slice slice, VmRestart each, @Nullable VmSnapshot vm) {
        Instant intentAt = Objects.requireNonNull(each.intentAt());
        boolean done = vm != null
                && (each.task() == UpdateTask.RESTART_VM
                        ? isLater(vm.startedAt(), each.startedBefore())
                        : !owes(slice, each, vm));
        if (done) {
            slice.save(slice.pool().with(each.in(VmRestart.State.DONE)), told(slice, "vm.restarted", each));
        } else if (isOverdue(slice, intentAt)) {
            fail(slice, each, "OUTCOME_UNKNOWN");
        }
    }

    private static boolean owes(Slice slice, VmRestart each, VmSnapshot vm) {
        return VmTasks.of(vm, owed(slice.pool()).get(vm.uuid())).contains(each.task());
    }

    private static boolean isOverdue(Slice slice, Instant intentAt) {
        return !slice.time().isBefore(intentAt.plus(slice.settings().restartVm()));
    }

    private static boolean isLater(@Nullable Instant now, @Nullable Instant before) {
        return now != null && before != null && now.isAfter(before);
    }

    private static void fail(Slice slice, VmRestart each, String code) {
        String warning = ("VM_NOT_RESTARTED: VM " + each.name() + " still owes " + each.task() + ": " + code + ". "
                        + RefusalWords.of(code))
                .strip();
        PoolUpdate failed = slice.pool().with(each.in(VmRestart.State.FAILED));
        PoolUpdate warned = failed.hosts().stream()
                .filter(host -> host.host().equals(each.host()))
                .findFirst()
                .map(host -> failed.with(host.warned(warning)))
                .orElse(failed);
        slice.save(warned, told(slice, "vm.not-restarted", each));
    }

    private static NewEvent told(Slice slice, String type, VmRestart each) {
        return slice.poolEvent(
                type,
                Map.of(
                        "vm",
                        each.name(),
                        "vmUuid",
                        each.vm().value(),
                        "task",
                        each.task().name()));
    }

    private static void forget(Slice slice, XapiTaskRef task) {
        try {
            slice.xapi().tasks().destroy(task);
        } catch (XapiFailure gone) {
            LOG.debug("Task {} stays: {}", task, gone.getMessage());
        }
    }
}
