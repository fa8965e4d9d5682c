package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VmUuid;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Calls that have a task. */
class TaskTests extends AdapterTest {

    private static UpdateUuid update(PoolSnapshot pool, String name) {
        return pool.updates().stream()
                .filter(update -> update.name().equals(name))
                .findFirst()
                .orElseThrow()
                .uuid();
    }

    private static VmUuid vm(PoolSnapshot pool, String name) {
        return pool.vms().stream()
                .filter(vm -> vm.name().equals(name))
                .findFirst()
                .orElseThrow()
                .uuid();
    }

    @Test
    void asksWhetherAnUpdateFits() {
        start(Scenario.pool("lab").hosts(2).update("LIVE").update("REBOOT"));
        var pool = open();
        var snapshot = pool.pool().observe();

        var live = succeeded(pool, pool.poolUpdates().precheck(update(snapshot, "LIVE"), host(1)));
        var reboot = succeeded(pool, pool.poolUpdates().precheck(update(snapshot, "REBOOT"), host(1)));

        assertThat(pool.poolUpdates().livePatchStatus(live)).isEqualTo(LivePatchStatus.COMPLETE);
        assertThat(pool.poolUpdates().livePatchStatus(reboot)).isEqualTo(LivePatchStatus.NONE);
    }

    @Test
    void appliesAnUpdate() {
        start(Scenario.pool("lab").update("LIVE"));
        var pool = open();
        var update = update(pool.pool().observe(), "LIVE");

        var task = pool.poolUpdates().apply(update, host(0));
        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.Pending.class);
        succeeded(pool, task);

        assertThat(pool.hosts().observe(host(0)).appliedUpdates()).containsExactly(update);
        assertThat(pool.pool().observe().update(update).orElseThrow().appliedOn())
                .containsExactly(host(0));
        assertThat(actions()).containsOnlyOnce(JournalAction.LIVE_PATCHED);
    }

    @Test
    void failureOfATaskHasTheServersCode() {
        start(Scenario.pool("lab").update("LIVE"));
        var pool = open();
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.PRECHECK_FAILS)
                        .failingWith("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", "LIVE", "1", "2"));

        var task = pool.poolUpdates().precheck(update(pool.pool().observe(), "LIVE"), host(0));

        assertThat(finished(pool, task))
                .isEqualTo(new XapiTask.Failed("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", List.of("LIVE", "1", "2")));
    }

    @Test
    void tellsWhatPreventsAnEvacuation() {
        start(Scenario.pool("lab")
                .hosts(2)
                .vm("stuck", VmScenario::immobile)
                .vm("local", VmScenario::localStorage)
                .vm("free", vm -> vm));
        var pool = open();
        var snapshot = pool.pool().observe();

        var blockers =
                pool.hosts().evacuationBlockers(succeeded(pool, pool.hosts().askEvacuationBlockers(host(0))));

        assertThat(blockers).containsOnlyKeys(vm(snapshot, "stuck"), vm(snapshot, "local"));
        assertThat(blockers.get(vm(snapshot, "stuck"))).startsWith("VM_IS_IMMOBILE");
        assertThat(blockers.get(vm(snapshot, "local"))).startsWith("VM_REQUIRES_SR");
        assertThat(pool.hosts().evacuationBlockers(succeeded(pool, pool.hosts().askEvacuationBlockers(host(1)))))
                .isEmpty();
    }

    @Test
    void emptiesAHostAndBringsAGuestBack() {
        start(Scenario.pool("lab").hosts(2).vmsEach(2));
        var pool = open();
        succeeded(pool, pool.hosts().disable(host(1)));
        succeeded(pool, pool.hosts().evacuate(host(1)));
        var moved = pool.pool().observe();
        assertThat(moved.residentOn(host(1))).isEmpty();
        assertThat(moved.host(host(1)).orElseThrow().enabled()).isFalse();

        succeeded(pool, pool.hosts().enable(host(1)));
        succeeded(pool, pool.vms().migrate(vm(moved, "vm-2-1"), host(1)));

        assertThat(pool.pool().observe().residentOn(host(1))).hasSize(1);
    }

    @Test
    void attachesStorage() {
        start(Scenario.pool("lab").hosts(2).host(1, host -> host.storageDetached()));
        var pool = open();
        var missing = pool.hosts().observe(host(1)).storage().stream()
                .filter(storage -> !storage.attached())
                .findFirst()
                .orElseThrow();

        succeeded(pool, pool.pbds().plug(missing.pbd()));

        assertThat(pool.hosts().observe(host(1)).storage()).allMatch(storage -> storage.attached());
    }

    @Test
    void listsTasksByNameAndForgetsThem() {
        start(Scenario.pool("lab"));
        var pool = open();
        var task = pool.hosts().disable(host(0));
        succeeded(pool, task);

        assertThat(pool.tasks().all())
                .filteredOn(record -> record.ref().equals(task))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.name()).isEqualTo("Async.host.disable");
                    assertThat(record.residentOn()).isEqualTo(host(0));
                    assertThat(record.createdAt()).isAfter(java.time.Instant.EPOCH);
                });

        pool.tasks().destroy(task);
        pool.tasks().destroy(task);

        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.OutcomeUnknown.class);
    }

    @Test
    void unknownObjectIsRefused() {
        start(Scenario.pool("lab"));

        assertThatThrownBy(() -> open().vms().cleanReboot(new VmUuid(new UUID(1, 2))))
                .isInstanceOfSatisfying(
                        XapiFailure.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("UUID_INVALID"));
    }

    @Test
    void endOfATaskThatNobodyCanTellIsUnknown() {
        assertThat(RpcTaskCalls.state(task("cancelled"))).isInstanceOf(XapiTask.OutcomeUnknown.class);
        assertThat(RpcTaskCalls.state(task("failure", "CANNOT_CONTACT_HOST", "x")))
                .isInstanceOf(XapiTask.OutcomeUnknown.class);
        assertThat(RpcTaskCalls.state(task("cancelled", "TASK_CANCELLED", "x")))
                .isEqualTo(new XapiTask.Failed("TASK_CANCELLED", List.of("x")));
        assertThat(RpcTaskCalls.state(task("failure", "HOST_BROKEN")))
                .isEqualTo(new XapiTask.Failed("HOST_BROKEN", List.of()));
        assertThat(RpcTaskCalls.state(task("pending"))).isEqualTo(new XapiTask.Pending(0.5));
        assertThat(RpcTaskCalls.state(task("cancelling"))).isEqualTo(new XapiTask.Pending(0.5));
    }

    private static Records.Task task(String status, String... error) {
        return new Records.Task("Async.host.reboot", "20261123T01:25:14Z", status, null, 0.5, "", List.of(error));
    }
}
