package io.xenpatch.assessment;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request that makes sense: its pools, hosts and update exist and its policies agree.
 *
 * @param targets in the order of the request, each pool once
 */
public record ChosenUpdate(List<TargetPool> targets, UpdateChoice update, UpdatePolicy policy) {

    public ChosenUpdate {
        targets = List.copyOf(targets);
    }

    /** The labels that every pool carries with the same value: whose scope they meet may see each of the pools. */
    public Map<String, String> commonLabels() {
        Map<String, String> common = new HashMap<>();
        targets.stream().limit(1).forEach(first -> common.putAll(first.labels()));
        targets.forEach(target -> common.entrySet().retainAll(target.labels().entrySet()));
        return common;
    }

    /**
     * One pool of the request.
     *
     * @param hosts empty = every host of the pool
     */
    public record TargetPool(PoolUuid pool, String name, Map<String, String> labels, Set<HostUuid> hosts) {

        public TargetPool {
            labels = Map.copyOf(labels);
            hosts = Set.copyOf(hosts);
        }
    }
}
