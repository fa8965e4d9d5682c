package io.xenpatch.simulator.repository;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the installed version compares with the one that a rule names. */
public enum Inequality {
    LT,
    LTE,
    EQ,
    GTE,
    GT;

    /** Whether the installed version is in this relation to the bound. */
    public boolean holds(Evr installed, Evr bound) {
        var order = installed.compareTo(bound);
        return switch (this) {
            case LT -> order < 0;
            case LTE -> order <= 0;
            case EQ -> order == 0;
            case GTE -> order >= 0;
            case GT -> order > 0;
        };
    }

    /** Its name in {@code updateinfo.xml}: {@code lt}, {@code lte}, {@code eq}, {@code gte}, {@code gt}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The inequality of that name; empty if XAPI knows none. */
    public static Optional<Inequality> of(String text) {
        return Arrays.stream(values())
                .filter(inequality -> inequality.text().equals(text))
                .findFirst();
    }
}
