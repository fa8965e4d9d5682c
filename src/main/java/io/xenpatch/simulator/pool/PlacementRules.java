package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether a guest may run on a host, and whether it may move at all. Checks come in the server's own order. */
final class PlacementRules {
    private static final List<String> COMPARED = List.of("platform_version", "xapi_build", "xen");

    private final Database db;

    PlacementRules(Database db) {
        this.db = db;
    }

    /** Why a guest can't run on a host, memory not looked at. */
    Optional<ApiFailure> refusesToRun(Row vm, Machine target) {
        if (!target.isLive()) {
            return Optional.of(ApiFailure.of("HOST_NOT_LIVE"));
        }
        if (!target.isEnabled()) {
            return Optional.of(ApiFailure.of("HOST_DISABLED", target.ref()));
        }
        return missingStorage(vm, target).or(() -> missingNetwork(vm, target));
    }

    private Optional<ApiFailure> missingStorage(Row vm, Machine target) {
        return vm.list("VBDs").stream()
                .map(ref -> db.get("VBD", ref))
                .filter(vbd -> !vbd.flag("empty"))
                .map(vbd -> db.get("VDI", vbd.text("VDI")).text("SR"))
                .filter(sr -> !hasStorage(target, sr))
                .findFirst()
                .map(sr -> ApiFailure.of("VM_REQUIRES_SR", vm.ref(), sr));
    }

    private boolean hasStorage(Machine target, String sr) {
        return target.host().list("PBDs").stream()
                .map(ref -> db.get("PBD", ref))
                .anyMatch(pbd -> pbd.text("SR").equals(sr) && pbd.flag("currently_attached"));
    }

    private Optional<ApiFailure> missingNetwork(Row vm, Machine target) {
        return vm.list("VIFs").stream()
                .map(ref -> db.get("VIF", ref).text("network"))
                .filter(network -> target.host().list("PIFs").stream()
                        .noneMatch(pif -> db.get("PIF", pif).text("network").equals(network)))
                .findFirst()
                .map(network -> ApiFailure.of("VM_REQUIRES_NETWORK", vm.ref(), network));
    }

    /** Why a guest can't migrate, wherever to. */
    Optional<ApiFailure> refusesToMove(Row vm) {
        var blocked = vm.map("blocked_operations").get("pool_migrate");
        if (blocked != null) {
            return Optional.of(ApiFailure.of("OPERATION_BLOCKED", vm.ref(), blocked));
        }
        if (!"Running".equals(vm.text("power_state"))) {
            return Optional.of(badPowerState(vm, "running"));
        }
        if (!vm.map("current_operations").isEmpty()) {
            var operation = vm.map("current_operations").values().iterator().next();
            return Optional.of(ApiFailure.of("OTHER_OPERATION_IN_PROGRESS", "VM", vm.ref(), operation));
        }
        if ("true".equals(vm.map("platform").get("nomigrate"))) {
            return Optional.of(ApiFailure.of("VM_IS_IMMOBILE", vm.ref()));
        }
        if (vm.flag("is_control_domain")) {
            return Optional.of(ApiFailure.of("OPERATION_NOT_ALLOWED", "This operation is not allowed on dom0"));
        }
        if ("hvm".equals(vm.text("domain_type")) && vm.isNull("guest_metrics")) {
            return Optional.of(ApiFailure.of("VM_LACKS_FEATURE", vm.ref()));
        }
        return Optional.empty();
    }

    static ApiFailure badPowerState(Row vm, String expected) {
        return ApiFailure.of(
                "VM_BAD_POWER_STATE", vm.ref(), expected, vm.text("power_state").toLowerCase(java.util.Locale.ROOT));
    }

    /** Whether a host's versions are not lower than another's in any part that matters. */
    static boolean isNotOlder(Machine target, Machine source) {
        var theirs = target.host().map("software_version");
        var ours = source.host().map("software_version");
        return COMPARED.stream()
                .allMatch(key -> Versions.compare(
                                Objects.requireNonNullElse(theirs.get(key), ""),
                                Objects.requireNonNullElse(ours.get(key), ""))
                        >= 0);
    }
}
