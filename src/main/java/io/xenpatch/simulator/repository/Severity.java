package io.xenpatch.simulator.repository;

import java.util.Arrays;
import java.util.Optional;

/** How severe what an update repairs is. */
public enum Severity {
    NONE("None"),
    HIGH("High");

    private final String text;

    Severity(String text) {
        this.text = text;
    }

    /** Its name in {@code updateinfo.xml} and in the answer of {@code GET /updates}. */
    public String text() {
        return text;
    }

    /** The severity of that name; empty if XAPI knows none. */
    public static Optional<Severity> of(String text) {
        return Arrays.stream(values())
                .filter(severity -> severity.text.equals(text))
                .findFirst();
    }
}
