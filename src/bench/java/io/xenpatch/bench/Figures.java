package io.xenpatch.bench;

import java.util.Arrays;
import java.util.Locale;

/** Prints figures beside what they should be, and remembers whether one is missed. */
final class Figures {
    private boolean missed;

    /** A figure without a target. */
    void note(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "  %-58s %10.1f %s%n", what, value, unit);
    }

    /** A figure that may be as large as the target. */
    void atMost(double target, String what, double value, String unit) {
        judge(what, value, unit, "at most", target, value <= target);
    }

    /** A figure that must be at least as large as the target. */
    void atLeast(double target, String what, double value, String unit) {
        judge(what, value, unit, "at least", target, value >= target);
    }

    private void judge(String what, double value, String unit, String how, double target, boolean met) {
        missed |= !met;
        System.out.printf(
                Locale.ROOT,
                "  %-58s %10.1f %-10s %s %.1f%s%n",
                what,
                value,
                unit,
                how,
                target,
                met ? "" : "   MISSED");
    }

    static void title(String text) {
        System.out.println();
        System.out.println(text);
    }

    boolean isMissed() {
        return missed;
    }

    /** The value below which this part of the values lies; nearest rank. */
    static double percentile(double[] values, double part) {
        if (values.length == 0) {
            return Double.NaN;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
