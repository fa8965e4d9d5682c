package io.xenpatch.plan;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done on one pool, in order.
 *
 * @param choice which updates it is about
 * @param hosts the targets, coordinator first (R13)
 * @param sequence of a pool that is brought to the latest update images (R11); null on every other
 * @param waves the same hosts in groups that are worked on together; each wave starts when the former is finished
 */
public record PoolPlan(
        PoolUuid pool,
        UpdateChoice choice,
        @Nullable PoolSequence sequence,
        List<HostPlan> hosts,
        List<List<HostUuid>> waves) {

    public PoolPlan {
        hosts = List.copyOf(hosts);
        waves = waves.stream().map(List::copyOf).toList();
    }

    public Optional<HostPlan> host(HostUuid uuid) {
        return hosts.stream().filter(host -> host.hostUuid().equals(uuid)).findFirst();
    }

    /** Nothing has to be applied anywhere and nothing is left over. */
    public boolean isUpToDate() {
        return hosts.stream()
                .allMatch(host -> host.steps().isEmpty() && host.decision().noActionRequired());
    }

    /** After the apply nothing further is needed on any host (P1.4). */
    public boolean noActionRequired() {
        return hosts.stream().allMatch(host -> host.decision().noActionRequired());
    }
}
