package io.xenpatch.simulator.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** The roles of XAPI, from the one that may do everything to the one that may only look. */
public enum Role {
    POOL_ADMIN,
    POOL_OPERATOR,
    VM_POWER_ADMIN,
    VM_ADMIN,
    VM_OPERATOR,
    READ_ONLY;

    private static final String ONLY_ROOT = "local-root-only";

    @JsonCreator
    static Role named(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no role " + label + "."));
    }

    /** The name on the wire, such as {@code pool-operator}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether this role may what the data model gives to a least role. */
    public boolean covers(String least) {
        return !ONLY_ROOT.equals(least) && compareTo(named(least)) <= 0;
    }
}
