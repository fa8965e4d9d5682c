package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.xenpatch.simulator.model.Role;

/** Somebody besides root who may log in, as an external directory would know them. */
public record UserScenario(
        @JsonProperty(required = true) String password,
        @JsonProperty(required = true) Role role) {

    @Override
    public String toString() {
        return "UserScenario[" + role + "]";
    }
}
