package io.xenpatch.job;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.VmUuid;
import org.jspecify.annotations.Nullable;

/**
 * Where a guest was before the job's first step on its pool (R23), and where the job has put it since.
 *
 * @param home null when it ran nowhere
 * @param movedTo where an evacuation of this job left it; null when it was not moved
 */
record VmHome(
        VmUuid vm,
        String name,
        PowerState powerState,
        @Nullable HostUuid home,
        @Nullable HostUuid movedTo) {}
