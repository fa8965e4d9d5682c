package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.FixCode;
import io.xenpatch.xen.HostUuid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that the job changes for the time of its work, because the request's {@code fixes} allow it, and takes back.
 *
 * @param code what it does
 * @param subjectUuid XAPI uuid of what is changed: the pool, a host, a VM, a VM's drive, or a host's connection to storage
 * @param name of the pool, host, VM or storage that it is about
 * @param hostUuid XAPI uuid of the host for whose sake it is made; null when it is the whole pool's
 * @param state how far it is
 * @param failure why it could not be made or taken back, or why it was left; null when nothing stands in the way
 */
@Schema(name = "UpdateJobFix")
public record FixProgress(
        FixCode code,
        UUID subjectUuid,
        String name,
        @Nullable UUID hostUuid,
        FixState state,
        @Nullable Failure failure) {

    static FixProgress of(KeptFix fix) {
        HostUuid host = fix.host();
        return new FixProgress(
                fix.code(),
                fix.planned().subject(),
                fix.planned().name(),
                host == null ? null : host.value(),
                fix.state(),
                fix.failure());
    }
}
