package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.NewPool;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool to register.
 *
 * @param address management address of the coordinator (that of a supporter is followed to it): {@code host}, {@code
 *     host:port} or {@code https://host:port}; port 443 where none is given
 * @param username XAPI user
 * @param password its password; kept encrypted, never shown again
 * @param tlsFingerprint SHA-256 of the certificate that must be presented: 64 hex digits, with or without colons. Without
 *     it the certificate that is presented now is trusted from then on.
 * @param labels at most 64 labels for filters and scopes; a key has 1 to 63 letters, digits, dots, dashes, underscores or
 *     slashes, a value at most 255 characters
 */
@Schema(name = "RegisterPoolRequest")
record RegisterPoolRequest(
        @NotBlank @Size(max = 300) String address,

        @NotBlank @Size(max = 255) String username,

        @NotEmpty @Size(max = 1024) @Schema(accessMode = Schema.AccessMode.WRITE_ONLY)
        String password,

        @Nullable String tlsFingerprint,

        @Nullable Map<String, @Nullable String> labels) {

    NewPool toNewPool() {
        return new NewPool(
                address, username, password, tlsFingerprint, Labels.checked(labels == null ? Map.of() : labels));
    }

    @Override
    public String toString() {
        return "RegisterPoolRequest[" + address + "]";
    }
}
