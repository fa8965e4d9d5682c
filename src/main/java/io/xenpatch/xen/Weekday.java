package io.xenpatch.xen;

import java.util.List;
import java.util.Optional;

/** A day of the week, in XAPI's order. */
public enum Weekday {
    SUNDAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    THURSDAY,
    FRIDAY,
    SATURDAY;

    private static final List<Weekday> ALL = List.of(values());

    /** XAPI's number, 0 = Sunday to 6 = Saturday; empty for any other. */
    public static Optional<Weekday> of(long number) {
        return number >= 0 && number < ALL.size() ? Optional.of(ALL.get((int) number)) : Optional.empty();
    }
}
