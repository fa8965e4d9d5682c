package io.xenpatch.job;

import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fixes of single guests: made for the sake of the host that they run on, and taken back when it is in service again (R35). */
final class GuestFixes {

    private GuestFixes() {}

    /** @param former what the VM's {@code other_config["auto_poweron"]} was */
    record VmAutoStartOff(VmUuid vm, String name, String former) implements FixAction {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return pool.vm(vm)
                    .map(now -> FixAction.setting(now.otherConfig().get(FixAction.AUTO_START), former))
                    .orElse(FixAction.Seen.GONE);
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            xapi.vms().setOtherConfig(vm, FixAction.AUTO_START, "false");
            return Optional.empty();
        }

        @Override
        public Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
            xapi.vms().setOtherConfig(vm, FixAction.AUTO_START, former);
            return Optional.empty();
        }

        @Override
        public String byHand() {
            return "Set other_config:auto_poweron of VM " + name + " to " + former + " again.";
        }
    }

    /** @param disc what was in the drive */
    record DiscEjected(VbdUuid drive, VdiUuid disc) implements FixAction {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return FixRecording.drives(pool)
                    .filter(now -> now.uuid().equals(drive))
                    .findFirst()
                    .map(now -> now.disc() == null
                            ? FixAction.Seen.FIXED
                            : now.disc().equals(disc) ? FixAction.Seen.FORMER : FixAction.Seen.OTHER)
                    .orElse(FixAction.Seen.GONE);
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            return Optional.of(xapi.vbds().eject(drive));
        }

        @Override
        public Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
            return Optional.of(xapi.vbds().insert(drive, disc));
        }

        @Override
        public String byHand() {
            return "Insert the disc " + disc + " again (xe vbd-insert uuid=" + drive + ").";
        }

        /** A guest runs without it. */
        @Override
        public boolean matters() {
            return false;
        }
    }

    /** @param home where it ran */
    record VmSuspended(VmUuid vm, String name, @Nullable HostUuid home) implements FixAction {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return stopped(pool, vm, PowerState.SUSPENDED);
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            return Optional.of(xapi.vms().suspend(vm));
        }

        @Override
        public Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
            return Optional.of(atHome(pool, home)
                    .map(host -> xapi.vms().resumeOn(vm, host))
                    .orElseGet(() -> xapi.vms().resume(vm)));
        }

        @Override
        public String byHand() {
            return "Resume VM " + name + " (xe vm-resume).";
        }

        @Override
        public boolean isLong() {
            return true;
        }
    }

    /**
     * @param home where it ran
     * @param hard its power is cut
     */
    record VmShutDown(VmUuid vm, String name, @Nullable HostUuid home, boolean hard) implements FixAction {
        @Override
        public FixAction.Seen seen(PoolSnapshot pool) {
            return stopped(pool, vm, PowerState.HALTED);
        }

        @Override
        public Optional<XapiTaskRef> make(XapiPool xapi) {
            return Optional.of(hard ? xapi.vms().hardShutdown(vm) : xapi.vms().cleanShutdown(vm));
        }

        @Override
        public Optional<XapiTaskRef> revert(XapiPool xapi, PoolSnapshot pool) {
            return Optional.of(atHome(pool, home)
                    .map(host -> xapi.vms().startOn(vm, host))
                    .orElseGet(() -> xapi.vms().start(vm)));
        }

        @Override
        public String byHand() {
            return "Start VM " + name + " (xe vm-start).";
        }
    }

    private static FixAction.Seen stopped(PoolSnapshot pool, VmUuid vm, PowerState how) {
        return pool.vm(vm)
                .map(VmSnapshot::powerState)
                .map(now -> now == how
                        ? FixAction.Seen.FIXED
                        : now == PowerState.RUNNING ? FixAction.Seen.FORMER : FixAction.Seen.OTHER)
                .orElse(FixAction.Seen.GONE);
    }

    /** Where a guest ran, if that host is in service. */
    private static Optional<HostUuid> atHome(PoolSnapshot pool, @Nullable HostUuid home) {
        return Optional.ofNullable(home)
                .flatMap(pool::host)
                .filter(host -> host.live() && !host.inMaintenance())
                .map(HostSnapshot::uuid);
    }
}
