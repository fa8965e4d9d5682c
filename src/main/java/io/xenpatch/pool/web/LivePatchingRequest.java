package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * Whether live patching is on in a pool.
 *
 * @param enabled whether live patches may take the place of reboots in this pool
 */
@Schema(name = "LivePatchingRequest")
record LivePatchingRequest(
        @NotNull @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        Boolean enabled) {

    boolean isEnabled() {
        return Boolean.TRUE.equals(enabled);
    }
}
