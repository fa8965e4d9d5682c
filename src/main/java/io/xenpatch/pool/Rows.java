package io.xenpatch.pool;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** All rows of a pool. */
record Rows(Row pool, Map<InventoryTable, List<Row>> items, Map<UUID, HostFacts> hosts) {

    static Rows of(UUID pool, Projection projection, JsonMapper json) {
        var items = new EnumMap<InventoryTable, List<Row>>(InventoryTable.class);
        items.put(
                InventoryTable.HOST,
                projection.hosts().entrySet().stream()
                        .map(host -> host(host.getKey(), host.getValue(), json))
                        .toList());
        items.put(
                InventoryTable.VM,
                projection.vms().entrySet().stream()
                        .map(vm -> vm(vm.getKey(), vm.getValue(), json))
                        .toList());
        items.put(
                InventoryTable.UPDATE,
                projection.updates().entrySet().stream()
                        .map(update -> Row.of(
                                update.getKey(),
                                update.getValue().name(),
                                "",
                                "",
                                json.writeValueAsString(update.getValue())))
                        .toList());
        return new Rows(
                Row.of(pool, projection.name(), "", "", json.writeValueAsString(projection.pool())),
                items,
                projection.hosts());
    }

    private static Row host(UUID id, HostFacts host, JsonMapper json) {
        String tasks = host.pendingTasks().stream()
                .map(task -> task.task().name())
                .distinct()
                .collect(Collectors.joining(","));
        return Row.of(id, host.name(), host.updateStatus().name(), tasks, json.writeValueAsString(host));
    }

    private static Row vm(UUID id, VmFacts vm, JsonMapper json) {
        var host = vm.hostUuid();
        return Row.of(
                id, vm.name(), host == null ? "" : host.toString(), "", content(vm), () -> json.writeValueAsString(vm));
    }

    /** A pool has hundreds of guests, most of which are as they were: writing each as JSON would be most of the work. */
    private static String content(VmFacts vm) {
        return String.join(
                "\u0000",
                vm.powerState().name(),
                vm.kind().name(),
                Long.toString(vm.memory()),
                vm.startedAt() == null
                        ? ""
                        : vm.startedAt().getEpochSecond() + "." + vm.startedAt().getNano(),
                String.join("\u0000", vm.currentOperations()));
    }

    /** What is known once they are written. */
    Known known(long revision) {
        var digests = new EnumMap<InventoryTable, Digests>(InventoryTable.class);
        items.forEach((table, rows) -> {
            var byId = new HashMap<UUID, Digest>();
            rows.forEach(row -> byId.put(row.id(), row.digest()));
            digests.put(table, new Digests(byId));
        });
        return new Known(revision, pool.digest(), digests, hosts);
    }

    boolean equalTo(Known known) {
        return pool.digest().equals(known.pool())
                && items.entrySet().stream()
                        .allMatch(table -> known.changed(table.getKey(), table.getValue())
                                        .isEmpty()
                                && known.gone(table.getKey(), table.getValue()).isEmpty());
    }
}
