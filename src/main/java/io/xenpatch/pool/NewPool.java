package io.xenpatch.pool;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool to register. Prints without its password.
 *
 * @param tlsFingerprint null = trust the certificate that is presented now
 */
public record NewPool(
        String address,
        String username,
        String password,
        @Nullable String tlsFingerprint,
        Map<String, String> labels) {

    public NewPool {
        labels = Map.copyOf(labels);
    }

    @Override
    public String toString() {
        return "NewPool[" + address + "]";
    }
}
