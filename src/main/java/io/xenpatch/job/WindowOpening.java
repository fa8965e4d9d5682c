package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * One time at which a maintenance window is open.
 *
 * @param opensAt from when on a job may begin
 * @param latestStart until when, this moment excluded, a job may begin
 * @param closesAt from when on no host is begun
 */
@Schema(name = "MaintenanceWindowOpening")
public record WindowOpening(Instant opensAt, Instant latestStart, Instant closesAt) {

    boolean admits(Instant now) {
        return !now.isBefore(opensAt) && now.isBefore(latestStart);
    }
}
