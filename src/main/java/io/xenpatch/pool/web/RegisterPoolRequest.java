package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.NewPool;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pool to register. */
@Schema(name = "RegisterPoolRequest", description = "A pool to register")
record RegisterPoolRequest(
        @NotBlank
        @Size(max = 300)
        @Schema(
                description = "Management address of the coordinator (that of a supporter is followed to it): host,"
                        + " host:port or https://host:port; port 443 where none is given",
                example = "xen1.example.org")
        String address,

        @NotBlank @Size(max = 255) @Schema(description = "XAPI user", example = "root")
        String username,

        @NotEmpty
        @Size(max = 1024)
        @Schema(
                description = "Its password; kept encrypted, never shown again",
                accessMode = Schema.AccessMode.WRITE_ONLY,
                example = "s3cret")
        String password,

        @Schema(
                description =
                        "SHA-256 of the certificate that must be presented: 64 hex digits, with or without colons."
                                + " Without it the certificate that is presented now is trusted from then on.",
                example = "3f1a5c0d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f")
        @Nullable
        String tlsFingerprint,

        @Schema(description = "Labels for filters and scopes", example = "{\"env\": \"prod\"}") @Nullable
        Map<String, @Nullable String> labels) {

    NewPool toNewPool() {
        return new NewPool(
                address, username, password, tlsFingerprint, Labels.checked(labels == null ? Map.of() : labels));
    }

    @Override
    public String toString() {
        return "RegisterPoolRequest[" + address + "]";
    }
}
