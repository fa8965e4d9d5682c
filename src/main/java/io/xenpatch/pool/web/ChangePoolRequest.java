package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.PoolChange;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to change of a pool. */
@Schema(
        name = "ChangePoolRequest",
        description =
                "What to change; fields that are left out stay. A new address, login or certificate is tried first.")
record ChangePoolRequest(
        @Size(min = 1, max = 300)
        @Schema(description = "New management address, as at registration", example = "xen2.example.org")
        @Nullable
        String address,

        @Size(min = 1, max = 255) @Schema(description = "New XAPI user", example = "root") @Nullable
        String username,

        @Size(min = 1, max = 1024)
        @Schema(description = "New password", accessMode = Schema.AccessMode.WRITE_ONLY, example = "s3cret")
        @Nullable
        String password,

        @Schema(
                description = "Confirms a changed certificate: SHA-256, 64 hex digits, with or without colons",
                example = "3f1a5c0d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f")
        @Nullable
        String tlsFingerprint,

        @Schema(description = "All labels from now on", example = "{\"env\": \"prod\"}") @Nullable
        Map<String, @Nullable String> labels) {

    PoolChange toChange() {
        return new PoolChange(
                address, username, password, tlsFingerprint, labels == null ? null : Labels.checked(labels));
    }

    @Override
    public String toString() {
        return "ChangePoolRequest[" + address + "]";
    }
}
