package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.VmUuid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules judge.
 *
 * @param observedAt when the snapshot was taken
 * @param active the job that holds the pool now, other than the one that is judged; null when there is none
 */
public record Situation(
        PoolSnapshot pool,
        ServerAnswers answers,
        PoolPlan plan,
        UpdatePolicy policy,
        Instant observedAt,
        @Nullable ActivePoolUpdate active) {

    /** The update that is to be applied. */
    UpdateInfo update() {
        return pool.update(plan.update())
                .orElseThrow(() -> new IllegalStateException("The pool has no update " + plan.update()));
    }

    HostSnapshot coordinator() {
        return host(pool.coordinator());
    }

    HostSnapshot host(HostUuid uuid) {
        return pool.host(uuid).orElseThrow(() -> new IllegalStateException("The pool has no host " + uuid));
    }

    /** The targets on which something is done; a host that is finished already needs nothing and stops nothing. */
    List<HostPlan> workedOn() {
        return plan.hosts().stream().filter(host -> !host.steps().isEmpty()).toList();
    }

    boolean isWorkedOn(HostUuid host) {
        return workedOn().stream().anyMatch(plan -> plan.hostUuid().equals(host));
    }

    /** The targets that leave their guests. */
    List<HostPlan> evacuating() {
        return plan.hosts().stream().filter(HostPlan::evacuates).toList();
    }

    /** The targets that receive the update. */
    List<HostPlan> applying() {
        return plan.hosts().stream().filter(HostPlan::applies).toList();
    }

    /** Whether the host does not have the update, target or not. */
    boolean lacksUpdate(HostSnapshot host) {
        return !host.appliedUpdates().contains(plan.update())
                && !update().appliedOn().contains(host.uuid());
    }

    /** The guest as people know it; the uuid when it is gone. */
    String vmName(VmUuid vm) {
        return pool.vm(vm).map(found -> found.name()).orElseGet(vm::toString);
    }

    /** The pool as people know it; a standalone host without a pool name is known by its own. */
    String poolName() {
        return pool.name().isBlank() ? coordinator().name() : pool.name();
    }
}
