package io.xenpatch.job;

import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.VmSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where guests belong, and where this job has put them (R23). */
final class Homes {

    private Homes() {}

    /**
     * Notes where the guests of an evacuated host are now.
     *
     * @param evacuees who ran there when it was to be emptied: whoever is elsewhere and did not was moved by a person
     */
    static PoolUpdate moved(PoolUpdate pool, HostUuid emptied, Evacuees evacuees, PoolSnapshot seen) {
        List<VmHome> known = pool.homes().stream()
                .map(home -> evacuees.has(home.vm()) && belongs(home, emptied)
                        ? at(
                                home,
                                seen.vm(home.vm()).map(VmSnapshot::residentOn).orElse(null))
                        : home)
                .toList();
        return pool.withHomes(known);
    }

    /** Forgets where guests were that are home again: whoever moves one of them from now on is a person. */
    static PoolUpdate settled(PoolUpdate pool, PoolSnapshot seen) {
        List<VmHome> known = pool.homes().stream()
                .map(home -> isHome(home, seen) ? at(home, null) : home)
                .toList();
        return pool.withHomes(known);
    }

    /** The guests that this job moved off the host and that nobody has touched since. */
    static List<VmHome> strayFrom(PoolUpdate pool, HostUuid host, PoolSnapshot seen) {
        return pool.homes().stream()
                .filter(home -> host.equals(home.home()) && home.movedTo() != null)
                .filter(home -> seen.vm(home.vm())
                        .filter(vm -> vm.powerState().isResident())
                        .map(VmSnapshot::residentOn)
                        .filter(where -> where.equals(home.movedTo()) && !where.equals(host))
                        .isPresent())
                .toList();
    }

    static @Nullable Instant coordinatorTime(Slice slice) {
        try {
            return slice.xapi().hosts().serverTime(slice.xapi().pool().observe().coordinator());
        } catch (XapiFailure unknown) {
            return null;
        }
    }

    private static boolean belongs(VmHome home, HostUuid host) {
        return host.equals(home.movedTo()) || host.equals(home.home());
    }

    private static boolean isHome(VmHome home, PoolSnapshot seen) {
        HostUuid host = home.home();
        return host != null
                && seen.vm(home.vm()).filter(vm -> vm.isResidentOn(host)).isPresent();
    }

    private static VmHome at(VmHome home, @Nullable HostUuid movedTo) {
        return new VmHome(home.vm(), home.name(), home.powerState(), home.home(), movedTo);
    }
}
