package io.xenpatch.precheck;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.RequiredCalls;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.DriveSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which fixes a request allows against what was found (R35). A finding is cured when everything can be done that it takes: then these
 * fixes are made. Suspending gives way to a clean shutdown where only that is allowed or possible, never the other way round.
 */
public final class FixPlan {

    private static final String SUSPEND = "suspend";
    private static final String CLEAN_SHUTDOWN = "clean_shutdown";

    private final PoolSnapshot pool;
    private final UpdatePolicy policy;

    private FixPlan(PoolSnapshot pool, UpdatePolicy policy) {
        this.pool = pool;
        this.policy = policy;
    }

    /** What cures a row; empty when nothing does that is allowed and possible. */
    static List<PlannedFix> of(PrecheckRow row, Situation situation) {
        Fix fix = row.fix();
        if (fix == null || !isReasonFor(row, FixCode.valueOf(fix.code()))) {
            return List.of();
        }
        return new FixPlan(situation.pool(), situation.policy()).against(row, FixCode.valueOf(fix.code()));
    }

    /** Calls of a fix that the pool's user may not make, as far as that is known. */
    static List<String> forbidden(FixCode code, Situation situation) {
        return situation
                .answers()
                .permissions()
                .fold(
                        granted -> RequiredCalls.forFix(code).stream()
                                .filter(call -> !granted.allow(call))
                                .toList(),
                        failed -> List.of(),
                        notAsked -> List.of());
    }

    /**
     * What lets the guests of a host leave that the server says can't.
     *
     * @param blockers guest → the server's reason
     * @return empty when it takes anything that is not allowed or not possible
     */
    public static Optional<List<PlannedFix>> toEmpty(
            HostUuid host, Map<VmUuid, List<String>> blockers, PoolSnapshot pool, UpdatePolicy policy) {
        FixPlan plan = new FixPlan(pool, policy);
        List<PlannedFix> all = new ArrayList<>();
        for (Map.Entry<VmUuid, List<String>> blocker : blockers.entrySet()) {
            EvacuationBlocker why = EvacuationBlocker.of(blocker.getValue(), blocker.getKey(), pool);
            Fix fix = why.fix();
            List<PlannedFix> cure = fix == null
                    ? List.of()
                    : plan.ofGuest(FixCode.valueOf(fix.code()), blocker.getKey(), host, blocker.getValue());
            if (cure.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(cure);
        }
        return Optional.of(all);
    }

    /** What only might be in the way is not worth every fix. */
    private static boolean isReasonFor(PrecheckRow row, FixCode code) {
        return switch (code) {
            case AUTO_START_OFF, EJECT_CD, SYNC_UPDATES -> row.severity().compareTo(Severity.WARNING) <= 0;
            case PAUSE_UPDATE_SYNC -> row.severity() != Severity.OK;
            default -> row.isBlocking();
        };
    }

    private List<PlannedFix> against(PrecheckRow row, FixCode code) {
        HostUuid host = row.hostUuid() == null ? null : new HostUuid(row.hostUuid());
        return switch (code) {
            case HA_OFF, WLB_OFF, PAUSE_UPDATE_SYNC, SYNC_UPDATES -> ofPool(code, row.isBlocking());
            case AUTO_START_OFF ->
                row.scope() == Scope.VM && row.subjectUuid() != null && host != null
                        ? autoStart(new VmUuid(row.subjectUuid()), host)
                        : ofPool(code, row.isBlocking());
            case EJECT_CD, SUSPEND_VM, SHUTDOWN_VM_CLEAN -> host == null ? List.of() : ofGuests(row, code, host);
            case RECONNECT_STORAGE -> storage(row, host);
            case POWER_ON_HOST -> power(row);
            case SHUTDOWN_VM_HARD, ADD_COORDINATOR -> List.of();
        };
    }

    private List<PlannedFix> ofPool(FixCode code, boolean needed) {
        return policy.mayFix(code)
                ? List.of(new PlannedFix(code, pool.uuid().value(), pool.name(), null, needed))
                : List.of();
    }

    private List<PlannedFix> autoStart(VmUuid vm, HostUuid host) {
        return policy.mayFix(FixCode.AUTO_START_OFF)
                ? pool.vm(vm).stream()
                        .map(seen -> new PlannedFix(FixCode.AUTO_START_OFF, vm.value(), seen.name(), host, false))
                        .toList()
                : List.of();
    }

    /** Of the guest that the row is about, or of those that it lists; all of them or none. */
    private List<PlannedFix> ofGuests(PrecheckRow row, FixCode code, HostUuid host) {
        if (row.scope() != Scope.VM && code == FixCode.EJECT_CD) {
            return toolsEjected(row, host);
        }
        List<VmUuid> guests = row.scope() == Scope.VM && row.subjectUuid() != null
                ? List.of(new VmUuid(row.subjectUuid()))
                : listed(row);
        List<String> reason = row.parameters().get("xapiError") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
        List<PlannedFix> all = new ArrayList<>();
        for (VmUuid guest : guests) {
            List<PlannedFix> cure = ofGuest(code, guest, host, reason);
            if (cure.isEmpty()) {
                return List.of();
            }
            cure.forEach(fix -> all.add(row.isBlocking() ? fix : fix.unneeded()));
        }
        return all;
    }

    /** Discs of guest tools that keep an update from being applied at all (xencenter.md §4.4). */
    private List<PlannedFix> toolsEjected(PrecheckRow row, HostUuid host) {
        return pool.residentOn(host).stream()
                .flatMap(vm -> ejected(vm.uuid(), host, row.isBlocking(), this::holdsTools).stream())
                .map(fix -> fix.at(PlannedFix.Moment.BEFORE_HOST))
                .toList();
    }

    private boolean holdsTools(DriveSnapshot drive) {
        return Optional.ofNullable(drive.sr())
                .flatMap(pool::sr)
                .filter(SrSnapshot::tools)
                .isPresent();
    }

    /** Of the storage that the server names; of any where it names none. */
    private static Predicate<DriveSnapshot> namedBy(List<String> reason) {
        return drive -> reason.isEmpty()
                || drive.sr() != null && reason.contains(drive.sr().toString());
    }

    private static List<VmUuid> listed(PrecheckRow row) {
        return row.parameters().get("vmUuids") instanceof Collection<?> uuids
                ? uuids.stream().map(uuid -> VmUuid.of(uuid.toString())).toList()
                : List.of();
    }

    private List<PlannedFix> ofGuest(FixCode code, VmUuid guest, HostUuid host, List<String> reason) {
        return switch (code) {
            case HA_OFF -> ofPool(code, true);
            case EJECT_CD -> ejected(guest, host, true, namedBy(reason));
            case SUSPEND_VM, SHUTDOWN_VM_CLEAN ->
                pool.vm(guest).flatMap(vm -> stopped(code, vm, host)).stream().toList();
            default -> List.of();
        };
    }

    private List<PlannedFix> ejected(VmUuid guest, HostUuid host, boolean needed, Predicate<DriveSnapshot> which) {
        if (!policy.mayFix(FixCode.EJECT_CD)) {
            return List.of();
        }
        return pool.vm(guest).stream()
                .flatMap(vm -> vm.drives().stream()
                        .filter(drive -> drive.disc() != null)
                        .filter(which)
                        .map(drive ->
                                new PlannedFix(FixCode.EJECT_CD, drive.uuid().value(), vm.name(), host, needed)))
                .toList();
    }

    private Optional<PlannedFix> stopped(FixCode code, VmSnapshot vm, HostUuid host) {
        Stream<FixCode> ways = code == FixCode.SUSPEND_VM
                ? Stream.of(FixCode.SUSPEND_VM, FixCode.SHUTDOWN_VM_CLEAN)
                : Stream.of(FixCode.SHUTDOWN_VM_CLEAN);
        return ways.filter(policy::mayFix)
                .filter(way -> vm.allowedOperations().contains(way == FixCode.SUSPEND_VM ? SUSPEND : CLEAN_SHUTDOWN))
                .findFirst()
                .map(way -> new PlannedFix(way, vm.uuid().value(), vm.name(), host, true));
    }

    private List<PlannedFix> storage(PrecheckRow row, @Nullable HostUuid host) {
        if (host == null || !policy.mayFix(FixCode.RECONNECT_STORAGE)) {
            return List.of();
        }
        return pool.host(host).stream()
                .flatMap(seen -> seen.storage().stream())
                .filter(pbd -> pbd.sr().value().equals(row.parameters().get("srUuid")))
                .map(pbd -> new PlannedFix(
                        FixCode.RECONNECT_STORAGE,
                        pbd.pbd().value(),
                        pool.sr(pbd.sr()).map(SrSnapshot::name).orElseGet(pbd.sr()::toString),
                        host,
                        true))
                .toList();
    }

    /** Of the host that the row is about, or of all that a guest waits for. */
    private List<PlannedFix> power(PrecheckRow row) {
        return policy.mayFix(FixCode.POWER_ON_HOST)
                ? pool.hosts().stream()
                        .filter(HostsLive::canBeSwitchedOn)
                        .filter(host ->
                                row.scope() == Scope.VM || host.uuid().value().equals(row.subjectUuid()))
                        .map(host -> new PlannedFix(
                                FixCode.POWER_ON_HOST, host.uuid().value(), host.name(), host.uuid(), row.isBlocking()))
                        .toList()
                : List.of();
    }
}
