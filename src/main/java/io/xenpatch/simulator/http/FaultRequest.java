package io.xenpatch.simulator.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The body of {@code POST /simulator/faults}. */
record FaultRequest(
        @Nullable String poolUuid,
        @Nullable String hostUuid,
        @Nullable FaultKind fault,
        @Nullable String method,
        @Nullable Integer after,
        @Nullable Integer times,
        @JsonProperty("for") @Nullable Duration length,
        @Nullable String code,
        @Nullable List<String> params) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @throws IllegalArgumentException when something is missing or out of range */
    static Fault read(byte[] body) {
        return MAPPER.readValue(body, FaultRequest.class).toFault();
    }

    private Fault toFault() {
        if (poolUuid == null || fault == null) {
            throw new IllegalArgumentException("poolUuid and fault are needed.");
        }
        return new Fault(
                poolUuid,
                hostUuid,
                fault,
                method,
                after == null ? 0 : after,
                times == null ? 1 : times,
                length,
                code,
                params == null ? List.of() : params);
    }
}
