package io.xenpatch.pool;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to change of a registered pool; null = leave it. Prints without its password. */
public record PoolChange(
        @Nullable String address,
        @Nullable String username,
        @Nullable String password,
        @Nullable String tlsFingerprint,
        @Nullable Map<String, String> labels) {

    boolean concernsAccess() {
        return address != null || username != null || password != null || tlsFingerprint != null;
    }

    @Override
    public String toString() {
        return "PoolChange[" + address + "]";
    }
}
