package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.util.List;
import java.util.function.Predicate;

/** What applied updates still ask of hosts and guests, and which events settle it (xapi.md §7.10). Products without such lists have none. */
final class PendingGuidance {
    /** The list that keeps a host disabled. */
    static final String MANDATORY = "pending_guidances";

    static final String RECOMMENDED = "pending_guidances_recommended";
    static final String FULL = "pending_guidances_full";

    /** The field of a host, or of a guest, for each kind of guidance. */
    static final List<String> FIELDS = List.of(MANDATORY, RECOMMENDED, FULL);

    private static final String REBOOT_HOST = "reboot_host";
    private static final String RESTART_TOOLSTACK = "restart_toolstack";
    private static final String RESTART_DEVICE_MODEL = "restart_device_model";
    private static final String RESTART_VM = "restart_vm";

    private final World world;

    PendingGuidance(World world) {
        this.world = world;
    }

    /** @throws ApiFailure HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY (singular, although XAPI's own constant is plural) */
    static void assertNoMandatory(Machine machine) {
        if (isMandatory(machine)) {
            throw ApiFailure.of("HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY", machine.ref());
        }
    }

    /** Whether the host may not be enabled before something was done. */
    static boolean isMandatory(Machine machine) {
        return !of(machine.host(), MANDATORY).isEmpty();
    }

    /** One list; empty where the product has none. */
    static List<String> of(Row row, String field) {
        return row.has(field) ? row.list(field) : List.of();
    }

    void toolstackStarted(Machine machine) {
        settle(machine.host(), RESTART_TOOLSTACK::equals);
    }

    /** Settles also what live patches that could not be loaded left. */
    void booted(Machine machine) {
        settle(machine.host(), word -> word.startsWith(REBOOT_HOST));
    }

    /** A guest was suspended or moved, if only to where it is. */
    void gotNewDeviceModel(Row vm) {
        settle(vm, RESTART_DEVICE_MODEL::equals);
    }

    void halted(Row vm) {
        settle(vm, word -> word.equals(RESTART_DEVICE_MODEL) || word.equals(RESTART_VM));
    }

    /** A guest booted; that counts for {@code restart_vm} only where the host is as new as its coordinator. */
    void booted(Row vm, Machine where) {
        var isUpToDate = SoftwareVersion.key(where)
                .equals(SoftwareVersion.key(world.machines().coordinator()));
        settle(vm, word -> word.equals(RESTART_DEVICE_MODEL) || (isUpToDate && word.equals(RESTART_VM)));
    }

    private void settle(Row row, Predicate<String> settled) {
        FIELDS.stream()
                .filter(field -> of(row, field).stream().anyMatch(settled))
                .forEach(field -> world.db()
                        .set(
                                row,
                                field,
                                row.list(field).stream()
                                        .filter(settled.negate())
                                        .toList()));
    }
}
