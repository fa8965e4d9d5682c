package io.xenpatch.demo;

import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.UpdateScenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a simulated pool keeps on its disks between two starts of the demo.
 *
 * @param hosts in the order of the pool, empty before the first start
 */
record PoolMemory(boolean livePatchingDisabled, List<HostMemory> hosts) {
    static final PoolMemory NEW = new PoolMemory(false, List.of());

    PoolMemory {
        hosts = List.copyOf(hosts);
    }

    /** The memory after one more entry of the journal of this pool. */
    PoolMemory after(JournalEntry entry, DemoPool pool, PoolDescription description) {
        return switch (entry.action()) {
            case LIVE_PATCHING_CHANGED -> new PoolMemory(Boolean.parseBoolean(entry.detail()), hosts);
            default -> afterOnHost(entry, pool, description);
        };
    }

    private PoolMemory afterOnHost(JournalEntry entry, DemoPool pool, PoolDescription description) {
        var now = new ArrayList<HostMemory>();
        for (int i = 0; i < description.hosts().size(); i++) {
            var host = host(i);
            now.add(description.hosts().get(i).uuid().equals(entry.hostUuid()) ? host.after(entry, pool) : host);
        }
        return new PoolMemory(livePatchingDisabled, now);
    }

    /** The pool as it comes up again. */
    PoolMemory onStart(Instant now) {
        return new PoolMemory(
                livePatchingDisabled,
                hosts.stream().map(host -> host.onStart(now)).toList());
    }

    PoolScenario scenario(DemoPool pool) {
        var scenario = pool.scenario(this);
        if (livePatchingDisabled) {
            scenario.livePatchingDisabled();
        }
        for (int i = 0; i < hosts.size(); i++) {
            scenario.host(i, host(i)::describe);
        }
        return scenario;
    }

    /** Whether a host has installed from its repository. */
    boolean hasUpdated(int index) {
        return !host(index).applied().isEmpty();
    }

    /** The update as it was left. */
    UpdateScenario remembered(UpdateScenario update) {
        var uuid = update.uuid().orElseThrow();
        IntStream.range(0, hosts.size())
                .filter(i -> host(i).applied().contains(uuid))
                .forEach(update::appliedOn);
        IntStream.range(0, hosts.size())
                .filter(i -> host(i).rebootPending().contains(uuid))
                .forEach(update::rebootPendingOn);
        return update;
    }

    private HostMemory host(int index) {
        return index < hosts.size() ? hosts.get(index) : HostMemory.NEW;
    }
}
