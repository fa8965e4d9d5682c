package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The faults that wait for their moment. */
final class FaultBook {
    private final List<Waiting> waiting = new ArrayList<>();

    void add(Fault fault) {
        waiting.add(new Waiting(fault));
    }

    /** A fault of this kind that strikes now on this host, in this method. */
    Optional<Fault> strike(FaultKind kind, String hostUuid, String method) {
        return strike(EnumSet.of(kind), hostUuid, method);
    }

    /** The oldest fault of these kinds that strikes now; each candidate counts the call. */
    Optional<Fault> strike(Set<FaultKind> kinds, String hostUuid, String method) {
        for (var each : List.copyOf(waiting)) {
            if (each.concerns(kinds, hostUuid, method) && each.strikes()) {
                if (each.isSpent()) {
                    waiting.remove(each);
                }
                return Optional.of(each.fault);
            }
        }
        return Optional.empty();
    }

    private static final class Waiting {
        private final Fault fault;
        private int seen;
        private int struck;

        Waiting(Fault fault) {
            this.fault = fault;
        }

        boolean concerns(Set<FaultKind> kinds, String hostUuid, String method) {
            return kinds.contains(fault.fault())
                    && (fault.hostUuid() == null || fault.hostUuid().equals(hostUuid))
                    && (fault.method() == null || bare(fault.method()).equals(bare(method)));
        }

        private static String bare(String method) {
            return method.startsWith("Async.") ? method.substring("Async.".length()) : method;
        }

        boolean strikes() {
            if (seen++ < fault.after()) {
                return false;
            }
            struck++;
            return true;
        }

        boolean isSpent() {
            return struck >= fault.times();
        }
    }
}
