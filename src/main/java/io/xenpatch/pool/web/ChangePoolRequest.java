package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.PoolChange;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to change; fields that are left out stay. A new address, login or certificate is tried first.
 *
 * @param address new management address, as at registration
 * @param username new XAPI user
 * @param password new password
 * @param tlsFingerprint confirms a changed certificate: SHA-256, 64 hex digits, with or without colons
 * @param labels all labels from now on, with the limits of the registration; an empty object removes all
 */
@Schema(name = "ChangePoolRequest")
record ChangePoolRequest(
        @Size(min = 1, max = 300) @Nullable String address,

        @Size(min = 1, max = 255) @Nullable String username,

        @Size(min = 1, max = 1024) @Schema(accessMode = Schema.AccessMode.WRITE_ONLY) @Nullable
        String password,

        @Nullable String tlsFingerprint,

        @Nullable Map<String, @Nullable String> labels) {

    PoolChange toChange() {
        return new PoolChange(
                address, username, password, tlsFingerprint, labels == null ? null : Labels.checked(labels));
    }

    @Override
    public String toString() {
        return "ChangePoolRequest[" + address + "]";
    }
}
