package io.xenpatch.demo;

import io.xenpatch.simulator.HostScenario;
import io.xenpatch.simulator.JournalEntry;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated host keeps on its disk between two starts of the demo.
 *
 * @param applied uuids of installed updates
 * @param rebootPending uuids of installed updates that wait for a reboot
 * @param rebooting went away and was not back yet
 * @param bootedAt virtual time of its last boot, null before the first
 * @param toolstackStartedAt virtual time, null before the first restart
 */
record HostMemory(
        Set<String> applied,
        Set<String> rebootPending,
        boolean disabled,
        boolean rebooting,
        @Nullable Instant bootedAt,
        @Nullable Instant toolstackStartedAt) {

    static final HostMemory NEW = new HostMemory(Set.of(), Set.of(), false, false, null, null);

    HostMemory {
        applied = Set.copyOf(applied);
        rebootPending = Set.copyOf(rebootPending);
    }

    /** The memory after one more entry of the journal about this host. */
    HostMemory after(JournalEntry entry, DemoPool pool) {
        var update = entry.subject();
        return switch (entry.action()) {
            case APPLY -> entry.detail().equals("ok") ? installed(update, pool.wantsReboot(update)) : this;
            case LIVE_PATCHED -> pending(without(rebootPending, update));
            case REBOOT_STARTED -> new HostMemory(applied, rebootPending, disabled, true, bootedAt, toolstackStartedAt);
            case REBOOT_FINISHED -> booted(entry.at());
            case TOOLSTACK_RESTARTED ->
                new HostMemory(applied, rebootPending, disabled, rebooting, bootedAt, entry.at());
            case DISABLE -> enabled(false);
            case ENABLE -> enabled(true);
            default -> this;
        };
    }

    /** A host that was away when the demo ended has come back meanwhile. */
    HostMemory onStart(Instant now) {
        return rebooting ? booted(now).enabled(true) : this;
    }

    HostScenario describe(HostScenario host) {
        if (disabled) {
            host.disabled();
        }
        if (bootedAt != null) {
            host.otherConfig("boot_time", seconds(bootedAt)).otherConfig("agent_start_time", seconds(bootedAt));
        }
        if (toolstackStartedAt != null) {
            host.otherConfig("agent_start_time", seconds(toolstackStartedAt));
        }
        return host;
    }

    private HostMemory installed(String update, boolean wantsReboot) {
        var more =
                new HostMemory(with(applied, update), rebootPending, disabled, rebooting, bootedAt, toolstackStartedAt);
        return wantsReboot ? more.pending(with(rebootPending, update)) : more;
    }

    private HostMemory pending(Set<String> updates) {
        return new HostMemory(applied, updates, disabled, rebooting, bootedAt, toolstackStartedAt);
    }

    private HostMemory booted(Instant at) {
        return new HostMemory(applied, Set.of(), disabled, false, at, at);
    }

    private HostMemory enabled(boolean is) {
        return new HostMemory(applied, rebootPending, !is, rebooting, bootedAt, toolstackStartedAt);
    }

    private static Set<String> with(Set<String> set, String one) {
        var more = new TreeSet<>(set);
        more.add(one);
        return more;
    }

    private static Set<String> without(Set<String> set, String one) {
        var less = new TreeSet<>(set);
        less.remove(one);
        return less;
    }

    /** As XAPI writes the times of a host: seconds since 1970, with a point. */
    private static String seconds(Instant at) {
        return at.getEpochSecond() + ".";
    }
}
