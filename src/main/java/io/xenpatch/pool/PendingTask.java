package io.xenpatch.pool;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.xen.UpdateTask;
import java.util.UUID;

/** Something that a host still needs so that an earlier update takes effect. */
public record PendingTask(
        @Schema(description = "What has to be done", example = "REBOOT_HOST")
        UpdateTask task,

        @Schema(description = "Why, for people", example = "Update XS82ECU1001 takes effect with a reboot")
        String reason,

        @Schema(description = "The update that needs it", example = "5f2c1b0e-41f5-44a2-a2c6-6ff0d2e7f6a1")
        UUID updateUuid) {}
