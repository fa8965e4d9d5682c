package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault to inject.
 *
 * @param poolUuid pool it concerns
 * @param hostUuid host it concerns; null = any host of the pool
 * @param fault what goes wrong
 * @param method XAPI method it waits for, such as {@code pool_update.apply} ({@code Async.} or not); null = any
 * @param after matching calls let through first (default 0)
 * @param times how often it strikes (default 1)
 * @param length {@code for}: virtual time, where the kind needs one
 * @param code API error code, where the kind has one
 * @param params its parameters
 */
public record Fault(
        String poolUuid,
        @Nullable String hostUuid,
        FaultKind fault,
        @Nullable String method,
        int after,
        int times,
        @JsonProperty("for") @Nullable Duration length,
        @Nullable String code,
        List<String> params) {

    public Fault {
        params = List.copyOf(params);
        if (after < 0 || times < 1) {
            throw new IllegalArgumentException("after must be 0 or more, times 1 or more");
        }
        if (length != null && length.isNegative()) {
            throw new IllegalArgumentException("for must not be negative");
        }
    }

    /** A fault on a pool that strikes once, any host and method. */
    public static Fault on(String poolUuid, FaultKind kind) {
        return new Fault(poolUuid, null, kind, null, 0, 1, null, null, List.of());
    }

    public Fault onHost(String uuid) {
        return new Fault(poolUuid, uuid, fault, method, after, times, length, code, params);
    }

    public Fault forMethod(String name) {
        return new Fault(poolUuid, hostUuid, fault, name, after, times, length, code, params);
    }

    public Fault after(int calls) {
        return new Fault(poolUuid, hostUuid, fault, method, calls, times, length, code, params);
    }

    public Fault times(int strikes) {
        return new Fault(poolUuid, hostUuid, fault, method, after, strikes, length, code, params);
    }

    public Fault lasting(Duration virtual) {
        return new Fault(poolUuid, hostUuid, fault, method, after, times, virtual, code, params);
    }

    public Fault failingWith(String errorCode, String... errorParams) {
        return new Fault(poolUuid, hostUuid, fault, method, after, times, length, errorCode, List.of(errorParams));
    }
}
