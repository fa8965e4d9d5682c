package io.xenpatch.job;

import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.HaSettings;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Optional;

/** Fixes of a whole pool: recorded as what was before, and taken back after its last host (R34, R35). */
final class PoolFixes {

    private PoolFixes() {}

    /** @param former with the storage of its heartbeat, its configuration and the failures that it tolerates */
    record HaOff(HaSettings former) implements FixAction {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            HaSettings now = pool.ha();
            if (!now.enabled()) {
                return FixAction.Seen.FIXED;
            }
            if (!now.heartbeat().equals(former.heartbeat())) {
                return FixAction.Seen.OTHER;
            }
            return now.failuresToTolerate() == former.failuresToTolerate()
                    ? FixAction.Seen.FORMER
                    : FixAction.Seen.PARTLY;
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            return Optional.of(xapi.pool().disableHa());
        }

        /** The failures to tolerate first, then on, then once more where the server counted anew (R34). */
        @Override
        public Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
            return Optional.of(
                    pool.ha().failuresToTolerate() == former.failuresToTolerate()
                            ? xapi.pool().enableHa(former.heartbeat(), former.configuration())
                            : xapi.pool().setFailuresToTolerate(former.failuresToTolerate()));
        }

        @Override
        public Optional<String> obstacle(PoolSnapshot pool) {
            return pool.hosts().stream().flatMap(host -> missing(host).stream()).findFirst();
        }

        private Optional<String> missing(HostSnapshot host) {
            if (!host.live() || !host.enabled()) {
                return Optional.of("host " + host.name() + " to be live and enabled");
            }
            return former.isSeenBy(host)
                    ? Optional.empty()
                    : Optional.of("host " + host.name() + " to see the storage of the heartbeat");
        }

        @Override
        public String byHand() {
            return "Turn high availability on again with the heartbeat on storage "
                    + String.join(
                            ", ",
                            former.heartbeat().stream()
                                    .map(SrUuid::toString)
                                    .sorted()
                                    .toList())
                    + " and " + former.failuresToTolerate()
                    + " host failures to tolerate (xe pool-ha-enable heartbeat-sr-uuids=…).";
        }
    }

    /** Workload balancing was on. */
    record WlbOff() implements FixAction {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return FixAction.onOrOff(pool.wlbEnabled());
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            xapi.pool().setWlbEnabled(false);
            return Optional.empty();
        }

        @Override
        public Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
            xapi.pool().setWlbEnabled(true);
            return Optional.empty();
        }

        @Override
        public String byHand() {
            return "Turn workload balancing on again (xe pool-param-set wlb-enabled=true).";
        }
    }

    /** @param former what the pool's {@code other_config["auto_poweron"]} was */
    record PoolAutoStartOff(String former) implements FixAction {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return FixAction.setting(pool.otherConfig().get(FixAction.AUTO_START), former);
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            xapi.pool().setOtherConfig(FixAction.AUTO_START, "false");
            return Optional.empty();
        }

        @Override
        public Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
            xapi.pool().setOtherConfig(FixAction.AUTO_START, former);
            return Optional.empty();
        }

        @Override
        public String byHand() {
            return "Set other_config:auto_poweron of the pool to " + former + " again.";
        }
    }

    /** The pool synchronised its repositories by itself. */
    record SyncPaused() implements FixAction {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return FixAction.onOrOff(pool.repositories().periodicSync());
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            xapi.pool().setUpdateSyncEnabled(false);
            return Optional.empty();
        }

        @Override
        public Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
            xapi.pool().setUpdateSyncEnabled(true);
            return Optional.empty();
        }

        @Override
        public String byHand() {
            return "Turn the pool's own synchronisation on again (xe pool-param-set update-sync-enabled=true).";
        }
    }
}
