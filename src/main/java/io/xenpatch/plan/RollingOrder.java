package io.xenpatch.plan;

import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * A plan's evacuations played through in their order (P4.3): a host may be impossible to empty when its turn comes, although the server
 * says today that it is possible. Only what the plan itself changes is played: where guests are by then, how much memory is free, and
 * which hosts are out of service; a guest goes only where its storage is. What keeps a guest from running on any other host, the server
 * says beforehand of every host that is emptied, and that stays so. Groups of guests that should run apart are a wish, which the server
 * gives up before it refuses. A server chooses targets by itself; the usual rule, largest guest first and to the host with the most
 * free memory, is played, and where that finds no room, the tightest fit.
 */
public final class RollingOrder {

    private final PoolSnapshot pool;
    private final Map<VmUuid, HostUuid> places = new HashMap<>();
    private final Map<HostUuid, Long> free = new HashMap<>();
    private final Set<HostUuid> outOfService = new HashSet<>();
    private final Set<HostUuid> updated = new HashSet<>();
    private final List<Turn> turns = new ArrayList<>();

    private RollingOrder(PoolSnapshot pool) {
        this.pool = pool;
        pool.vms().stream()
                .filter(vm -> vm.powerState().isResident() && vm.residentOn() != null)
                .forEach(vm -> places.put(vm.uuid(), vm.residentOn()));
        pool.hosts().forEach(host -> free.put(host.uuid(), host.memoryFree()));
    }

    /**
     * One host's turn.
     *
     * @param asNow whether the host and its possible targets are as they are now, so that the server's word of now counts
     * @param strangers guests that earlier turns brought there
     * @param targets hosts that could take its guests
     * @param stuck guests without a place; empty when the host can be emptied
     * @param certain whether every arrangement that was tried leaves them without a place
     */
    public record Turn(
            HostUuid host,
            boolean asNow,
            List<VmUuid> strangers,
            List<HostUuid> targets,
            List<VmUuid> stuck,
            boolean certain) {

        public Turn {
            strangers = List.copyOf(strangers);
            targets = List.copyOf(targets);
            stuck = List.copyOf(stuck);
        }

        /** Whether the host can be emptied when its turn comes. */
        public boolean isPossible() {
            return stuck.isEmpty();
        }
    }

    /** The turns of all hosts that are emptied, in the order of the plan. After one that can't be, its guests are where they were. */
    public static List<Turn> play(PoolSnapshot pool, PoolPlan plan) {
        RollingOrder order = new RollingOrder(pool);
        plan.hosts().forEach(order::play);
        return List.copyOf(order.turns);
    }

    private void play(HostPlan plan) {
        HostUuid host = plan.hostUuid();
        Map<VmUuid, HostUuid> moved = plan.evacuates() ? emptied(host) : Map.of();
        if (plan.applies()) {
            updated.add(host);
        }
        if (staysAway(plan)) {
            outOfService.add(host);
        } else if (plan.steps().contains(StepType.RESTORE_VMS)) {
            moved.keySet().stream().filter(vm -> host.equals(homeOf(vm))).forEach(vm -> move(vm, host));
        }
    }

    private static boolean staysAway(HostPlan plan) {
        return plan.steps().contains(StepType.DISABLE_HOST) && !plan.steps().contains(StepType.ENABLE_HOST);
    }

    /** @return guests that left, and where they went */
    private Map<VmUuid, HostUuid> emptied(HostUuid host) {
        List<VmSnapshot> guests = pool.vms().stream()
                .filter(vm -> host.equals(places.get(vm.uuid())) && isMovable(vm, host))
                .sorted(Comparator.comparingLong(VmSnapshot::memory).reversed())
                .toList();
        List<HostUuid> targets = pool.hosts().stream()
                .filter(target -> isTarget(target, host))
                .map(HostSnapshot::uuid)
                .toList();
        Packing widest = pack(guests, targets, (one, other) -> room(one) >= room(other) ? one : other);
        Packing chosen = widest.stuck().isEmpty()
                ? widest
                : pack(guests, targets, (one, other) -> room(one) <= room(other) ? one : other);
        List<VmUuid> strangers = guests.stream()
                .map(VmSnapshot::uuid)
                .filter(vm -> !host.equals(homeOf(vm)))
                .toList();
        boolean isPossible = chosen.stuck().isEmpty();
        turns.add(new Turn(host, isAsNow(strangers, targets, host), strangers, targets, widest.stuck(), !isPossible));
        if (!isPossible) {
            return Map.of();
        }
        chosen.places().forEach(this::move);
        return chosen.places();
    }

    private boolean isAsNow(List<VmUuid> strangers, List<HostUuid> targets, HostUuid host) {
        boolean sameTargets = pool.hosts().stream()
                .filter(other -> !other.uuid().equals(host) && isInService(other))
                .allMatch(other -> targets.contains(other.uuid()) == other.isNotOlderThan(snapshot(host)));
        boolean sameRoom = targets.stream()
                .allMatch(target -> room(target) >= snapshot(target).memoryFree());
        return strangers.isEmpty() && sameTargets && sameRoom;
    }

    private boolean isTarget(HostSnapshot target, HostUuid source) {
        return !target.uuid().equals(source)
                && isInService(target)
                && !outOfService.contains(target.uuid())
                && (updated.contains(target.uuid()) && !updated.contains(source)
                        || target.isNotOlderThan(snapshot(source)));
    }

    /** One that no other host could ever take is the server's to name, of every host that is emptied. */
    private boolean isMovable(VmSnapshot guest, HostUuid source) {
        return pool.hosts().stream().anyMatch(host -> !host.uuid().equals(source) && hasStorageOf(guest, host));
    }

    private boolean hasStorageOf(VmSnapshot guest, HostSnapshot host) {
        return Stream.concat(guest.storage().stream(), guest.discs().stream())
                .filter(sr -> pool.sr(sr).filter(known -> !known.tools()).isPresent())
                .allMatch(host::attaches);
    }

    private static boolean isInService(HostSnapshot host) {
        return host.live() && host.enabled() && !host.inMaintenance();
    }

    private record Packing(Map<VmUuid, HostUuid> places, List<VmUuid> stuck) {}

    /** @param better the one of two hosts with room that takes the guest */
    private Packing pack(List<VmSnapshot> guests, List<HostUuid> targets, BinaryOperator<HostUuid> better) {
        Map<HostUuid, Long> before = new HashMap<>(free);
        Map<VmUuid, HostUuid> found = new HashMap<>();
        List<VmUuid> stuck = new ArrayList<>();
        for (VmSnapshot guest : guests) {
            Optional<HostUuid> target = targets.stream()
                    .filter(host -> room(host) >= guest.memory() && hasStorageOf(guest, snapshot(host)))
                    .reduce(better);
            target.ifPresentOrElse(
                    host -> {
                        found.put(guest.uuid(), host);
                        free.merge(host, -guest.memory(), Long::sum);
                    },
                    () -> stuck.add(guest.uuid()));
        }
        free.putAll(before);
        return new Packing(found, stuck);
    }

    private long room(HostUuid host) {
        return free.getOrDefault(host, 0L);
    }

    private void move(VmUuid vm, HostUuid to) {
        long memory = pool.vm(vm).map(VmSnapshot::memory).orElse(0L);
        HostUuid from = places.put(vm, to);
        if (from != null) {
            free.merge(from, memory, Long::sum);
        }
        free.merge(to, -memory, Long::sum);
    }

    private HostUuid homeOf(VmUuid vm) {
        return pool.vm(vm).map(VmSnapshot::residentOn).orElseThrow();
    }

    private HostSnapshot snapshot(HostUuid host) {
        return pool.host(host).orElseThrow();
    }
}
