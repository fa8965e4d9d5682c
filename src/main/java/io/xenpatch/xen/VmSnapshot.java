package io.xenpatch.xen;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A guest: no template, snapshot or control domain (xencenter.md §1.4).
 *
 * @param residentOn the host it runs on; null unless {@link PowerState#isResident()}
 * @param memory bytes it needs on a host ({@code memory_static_max} of a halted one, its actual use otherwise)
 * @param storage the storage repositories behind its disks, discs in drives not included
 * @param drives its drives for discs, the empty ones too
 * @param allowedOperations XAPI's words, for example {@code pool_migrate}
 * @param currentOperations XAPI task reference → XAPI's word
 * @param startedAt {@code VM_metrics.start_time}; null when unknown
 * @param pending what updates of its pool left to do for it
 */
public record VmSnapshot(
        VmUuid uuid,
        String name,
        PowerState powerState,
        @Nullable HostUuid residentOn,
        GuestKind kind,
        long memory,
        boolean autoPoweron,
        Set<SrUuid> storage,
        List<DriveSnapshot> drives,
        Set<String> allowedOperations,
        Map<String, String> currentOperations,
        Map<String, String> otherConfig,
        @Nullable Instant startedAt,
        PendingGuidances pending) {

    public VmSnapshot {
        pending = PendingGuidances.orUnknown(pending);
        storage = Set.copyOf(storage);
        drives = List.copyOf(drives);
        allowedOperations = Set.copyOf(allowedOperations);
        currentOperations = Map.copyOf(currentOperations);
        otherConfig = Map.copyOf(otherConfig);
    }

    /** The storage repositories of the discs in its drives. */
    public Set<SrUuid> discs() {
        return drives.stream().flatMap(drive -> Stream.ofNullable(drive.sr())).collect(Collectors.toUnmodifiableSet());
    }

    public boolean isResidentOn(HostUuid host) {
        return powerState.isResident() && host.equals(residentOn);
    }
}
