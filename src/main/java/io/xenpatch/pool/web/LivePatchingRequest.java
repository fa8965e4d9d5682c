package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** The pool's live-patching switch. */
@Schema(name = "LivePatchingRequest", description = "The pool's live-patching switch")
record LivePatchingRequest(
        @NotNull
        @Schema(
                description = "Whether live patches may take the place of reboots in this pool",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "true")
        @Nullable
        Boolean enabled) {

    boolean isEnabled() {
        return Boolean.TRUE.equals(enabled);
    }
}
