package io.xenpatch.simulator.pool;

/** Compares version texts such as {@code 4.13.4-9.19} number by number. */
final class Versions {
    private Versions() {}

    static int compare(String left, String right) {
        var a = left.split("\\D+", -1);
        var b = right.split("\\D+", -1);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            var order = Long.compare(part(a, i), part(b, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static long part(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? Long.parseLong(parts[index]) : -1;
    }
}
