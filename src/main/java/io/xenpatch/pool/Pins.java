package io.xenpatch.pool;

import io.xenpatch.xapi.HostPin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became different about the pins of a pool, for the audit log (R38). */
final class Pins {

    private Pins() {}

    /** @return per host that differs: its uuid, the former and the new fingerprint ("" = none) */
    static List<Map<String, String>> changes(List<HostPin> before, List<HostPin> after) {
        var former = new HashMap<>(byHost(before));
        var changes = new ArrayList<Map<String, String>>();
        for (var pin : after) {
            var last = former.remove(pin.host().toString());
            if (!pin.sha256().equals(last)) {
                changes.add(change(pin.host().toString(), last, pin.sha256()));
            }
        }
        former.forEach((host, last) -> changes.add(change(host, last, null)));
        return List.copyOf(changes);
    }

    private static Map<String, String> byHost(List<HostPin> pins) {
        var byHost = new HashMap<String, String>();
        pins.forEach(pin -> byHost.put(pin.host().toString(), pin.sha256()));
        return byHost;
    }

    private static Map<String, String> change(String host, @Nullable String before, @Nullable String after) {
        return Map.of("hostUuid", host, "before", before == null ? "" : before, "after", after == null ? "" : after);
    }
}
