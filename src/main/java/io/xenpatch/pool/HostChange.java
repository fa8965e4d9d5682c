package io.xenpatch.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Something about a host that an administrator wants to be told of. */
record HostChange(UUID hostUuid, String name, What what) {

    enum What {
        JOINED,
        LEFT,
        ENABLED,
        DISABLED,
        /** The pool does not hear of it any more. */
        WENT_AWAY,
        CAME_BACK,
        BOOTED,
        UPDATES_APPLIED,
        TASKS_CHANGED
    }

    /** What became different between two states; nothing where there was no former state. */
    static List<HostChange> between(Map<UUID, HostFacts> before, Map<UUID, HostFacts> after) {
        var changes = new ArrayList<HostChange>();
        after.forEach((uuid, now) -> {
            var then = before.get(uuid);
            if (then == null) {
                changes.add(new HostChange(uuid, now.name(), What.JOINED));
            } else {
                whatChanged(then, now).forEach(what -> changes.add(new HostChange(uuid, now.name(), what)));
            }
        });
        var left = new HashSet<>(before.keySet());
        left.removeAll(after.keySet());
        left.forEach(uuid -> changes.add(new HostChange(uuid, nameOf(before, uuid), What.LEFT)));
        return changes.stream()
                .sorted(Comparator.comparing((HostChange change) -> change.name())
                        .thenComparing(HostChange::hostUuid))
                .toList();
    }

    private static List<What> whatChanged(HostFacts then, HostFacts now) {
        var what = new ArrayList<What>();
        if (then.enabled() != now.enabled()) {
            what.add(now.enabled() ? What.ENABLED : What.DISABLED);
        }
        if (then.live() != now.live()) {
            what.add(now.live() ? What.CAME_BACK : What.WENT_AWAY);
        }
        var booted = now.bootedAt();
        if (booted != null && then.bootedAt() != null && booted.isAfter(then.bootedAt())) {
            what.add(What.BOOTED);
        }
        if (!then.appliedUpdates().containsAll(now.appliedUpdates())) {
            what.add(What.UPDATES_APPLIED);
        }
        if (!then.pendingTasks().equals(now.pendingTasks())) {
            what.add(What.TASKS_CHANGED);
        }
        return what;
    }

    private static String nameOf(Map<UUID, HostFacts> hosts, UUID uuid) {
        var host = hosts.get(uuid);
        return host == null ? "" : host.name();
    }
}
