package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.XapiFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the references in the reasons of evacuation blockers stand for: references don't leave the adapter. */
final class BlockerNames {
    /** Where the reasons name what is missing: after the code and the guest. */
    private static final int MISSING = 2;

    private static final Map<String, String> GETTERS =
            Map.of("VM_REQUIRES_SR", "SR.get_uuid", "VM_REQUIRES_NETWORK", "network.get_name_label");

    private final Calls calls;
    private final Deadline deadline;
    private final Map<String, String> known = new HashMap<>();

    BlockerNames(Calls calls, Deadline deadline) {
        this.calls = calls;
        this.deadline = deadline;
    }

    /** The reason with a uuid or a name in place of the reference; unchanged when the object is gone by now. */
    List<String> in(List<String> reason) {
        var getter = reason.isEmpty() ? null : GETTERS.get(reason.get(0));
        if (getter == null || reason.size() <= MISSING) {
            return reason;
        }
        var named = new ArrayList<>(reason);
        named.set(MISSING, known.computeIfAbsent(reason.get(MISSING), ref -> read(getter, ref)));
        return List.copyOf(named);
    }

    private String read(String getter, String ref) {
        try {
            return calls.read(deadline, getter, JsonRpc.as(String.class), ref);
        } catch (XapiFailure.Refused e) {
            if ("HANDLE_INVALID".equals(e.code())) {
                return ref;
            }
            throw e;
        }
    }
}
