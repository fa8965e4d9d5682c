package io.xenpatch.precheck;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.RequiredCalls;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.DriveSnapshot;
import io.xenpatch.xen.HostSnapshot;
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
import java.util.stream.Collectors;
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

    /**
     * Why a fix that is allowed is not made all the same, in words that follow "but"; empty when nothing is in its way.
     *
     * @param others that are planned as well
     */
    static Optional<String> hindrance(PlannedFix fix, Situation situation, List<PlannedFix> others) {
        return forbidden(fix.code(), situation)
                .or(() -> fix.code() == FixCode.HA_OFF ? noWayBackForHa(situation, others) : Optional.empty())
                .or(() -> fix.code().interruptsGuest() && fix.host() != null
                        ? noWayBackTo(fix.host(), situation)
                        : Optional.empty());
    }

    private static Optional<String> forbidden(FixCode code, Situation situation) {
        List<String> calls = situation
                .answers()
                .permissions()
                .fold(
                        granted -> RequiredCalls.forFix(code).stream()
                                .filter(call -> !granted.allow(call))
                                .toList(),
                        failed -> List.of(),
                        notAsked -> List.of());
        return calls.isEmpty()
                ? Optional.empty()
                : Optional.of("the pool's user may not: "
                        + calls.stream()
                                .map(call ->
                                        call + " (role " + LeastRoles.of(call).orElse("pool-admin") + ")")
                                .collect(Collectors.joining(", ")));
    }

    /** R34: it is turned on again only when every host is live and enabled, and sees the storage of the heartbeat. */
    private static Optional<String> noWayBackForHa(Situation situation, List<PlannedFix> others) {
        return situation.pool().hosts().stream()
                .flatMap(host -> outOfHa(host, situation, others).stream())
                .findFirst()
                .map(why -> "high availability could not be turned on again, because " + why);
    }

    private static Optional<String> outOfHa(HostSnapshot host, Situation situation, List<PlannedFix> others) {
        boolean mended = others.stream()
                .anyMatch(fix -> fix.moment() == PlannedFix.Moment.BEFORE_PLAN
                        && host.uuid().equals(fix.host()));
        if (mended) {
            return Optional.empty();
        }
        if (!host.live()) {
            return Optional.of("host " + host.name() + " is not live");
        }
        if (staysDisabled(host.uuid(), situation)) {
            return Optional.of("host " + host.name() + " stays disabled");
        }
        return situation.pool().ha().isSeenBy(host)
                ? Optional.empty()
                : Optional.of("host " + host.name() + " does not see the storage of its heartbeat");
    }

    /** R27, R28: no guest is brought to a host that stays out of service. */
    private static Optional<String> noWayBackTo(HostUuid host, Situation situation) {
        return staysDisabled(host, situation)
                ? Optional.of("its host " + situation.host(host).name()
                        + " stays disabled, so that it could not be brought back there")
                : Optional.empty();
    }

    private static boolean staysDisabled(HostUuid host, Situation situation) {
        boolean left = situation.policy().leavesHostsDisabled()
                && situation.plan().host(host).filter(HostPlan::goesAway).isPresent();
        return left || situation.host(host).inMaintenance();
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
                ? List.of(new PlannedFix(code, pool.uuid().value(), pool.displayName(), null, needed))
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

    /** Of the host that the row is about; of every host where a guest misses it. */
    private List<PlannedFix> storage(PrecheckRow row, @Nullable HostUuid host) {
        if (!policy.mayFix(FixCode.RECONNECT_STORAGE)) {
            return List.of();
        }
        Collection<?> named = row.parameters().get("xapiError") instanceof Collection<?> words
                ? words
                : List.of(String.valueOf(row.parameters().get("srUuid")));
        return pool.hosts().stream()
                .filter(seen -> row.scope() == Scope.VM || seen.uuid().equals(host))
                .flatMap(seen -> seen.storage().stream()
                        .filter(pbd ->
                                !pbd.attached() && named.contains(pbd.sr().toString()))
                        .map(pbd -> new PlannedFix(
                                FixCode.RECONNECT_STORAGE,
                                pbd.pbd().value(),
                                pool.sr(pbd.sr()).map(SrSnapshot::name).orElseGet(pbd.sr()::toString),
                                seen.uuid(),
                                true)))
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
