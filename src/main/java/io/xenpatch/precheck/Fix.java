package io.xenpatch.precheck;

import io.xenpatch.plan.FixCode;

/**
 * How a problem can be cured.
 *
 * @param code as a request names it in {@code fixes}, for example {@code HA_OFF}
 * @param description what is done
 * @param reversible whether it is taken back afterwards
 */
public record Fix(String code, String description, boolean reversible) {

    static Fix of(FixCode code) {
        return new Fix(code.name(), code.description(), code.isReversible());
    }
}
