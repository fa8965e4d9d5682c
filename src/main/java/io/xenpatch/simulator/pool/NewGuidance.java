package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.repository.Guidance;
import io.xenpatch.simulator.repository.GuidanceKind;
import io.xenpatch.simulator.repository.HostUpdates;
import io.xenpatch.simulator.repository.LivePatchFailures;
import io.xenpatch.simulator.repository.PendingGuidances;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Puts what an application asks for on the pending lists of the host and of guests (xapi.md §7.8 steps 15 and 16, §7.9). */
final class NewGuidance {
    private static final Map<GuidanceKind, String> FIELDS = Map.of(
            GuidanceKind.MANDATORY, PendingGuidance.MANDATORY,
            GuidanceKind.RECOMMENDED, PendingGuidance.RECOMMENDED,
            GuidanceKind.FULL, PendingGuidance.FULL);

    private static final List<Guidance> RESTART_VM = List.of(Guidance.RESTART_VM);

    private final World world;
    private final Machine machine;

    NewGuidance(World world, Machine machine) {
        this.world = world;
        this.machine = machine;
    }

    /** @param known what every host of the pool lacked before */
    void add(HostUpdates updates, LivePatching livePatching, Collection<HostUpdates> known) {
        FIELDS.forEach((kind, field) -> add(field, updates.guidance().of(kind)));
        addFailures(livePatching);
        if (machine.isCoordinator()) {
            FIELDS.forEach((kind, field) -> restartGuests(kind, field, known));
        }
    }

    private void add(String field, List<Guidance> coming) {
        var forHost = coming.stream()
                .filter(guidance -> !RESTART_VM.contains(guidance))
                .toList();
        merge(field, residentHvmGuests(), forHost);
    }

    private List<Row> residentHvmGuests() {
        return EvacuationPlan.guests(world.db(), machine).stream()
                .filter(vm -> "hvm".equals(vm.text("domain_type")))
                .toList();
    }

    /** The version of the coordinator is what guests are to start on: all guests of the pool are marked. */
    private void restartGuests(GuidanceKind kind, String field, Collection<HostUpdates> known) {
        if (known.stream().anyMatch(host -> host.guidance().has(kind, RESTART_VM))) {
            merge(field, guestsThatAreNotHalted(), RESTART_VM);
        }
    }

    private List<Row> guestsThatAreNotHalted() {
        return world.db().all("VM").stream()
                .filter(vm -> !vm.flag("is_control_domain") && !vm.flag("is_a_template"))
                .filter(vm -> !"Halted".equals(vm.text("power_state")))
                .toList();
    }

    private void addFailures(LivePatching livePatching) {
        var pending = read(machine.host(), PendingGuidance.RECOMMENDED);
        var change = LivePatchFailures.of(pending, livePatching.applied(), livePatching.failed());
        pending.removeAll(change.removed());
        pending.addAll(change.added());
        write(machine.host(), PendingGuidance.RECOMMENDED, pending);
    }

    private void merge(String field, List<Row> guests, List<Guidance> coming) {
        var before = new LinkedHashMap<String, Set<Guidance>>();
        guests.forEach(vm -> before.put(vm.ref(), read(vm, field)));
        var after = new PendingGuidances(read(machine.host(), field), before).with(coming);
        write(machine.host(), field, after.host());
        guests.forEach(
                vm -> write(vm, field, Objects.requireNonNull(after.guests().get(vm.ref()))));
    }

    private static Set<Guidance> read(Row row, String field) {
        var all = EnumSet.noneOf(Guidance.class);
        row.list(field).forEach(word -> all.add(Guidance.ofPending(word)));
        return all;
    }

    private void write(Row row, String field, Collection<Guidance> guidance) {
        world.db()
                .set(
                        row,
                        field,
                        guidance.stream()
                                .map(Guidance::pending)
                                .filter(Objects::nonNull)
                                .sorted()
                                .toList());
    }
}
