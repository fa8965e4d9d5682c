package io.xenpatch.simulator.model;

import java.util.UUID;

/** How a reference is spelt: a prefix and 128 bits as a uuid. */
final class Reference {
    private static final String PREFIX = "OpaqueRef:";
    private static final int LENGTH = PREFIX.length() + 36;
    private static final int[] HALVES = {PREFIX.length(), PREFIX.length() + 19, LENGTH};
    private static final int BITS_A_DIGIT = 4;

    private Reference() {}

    static String print(long high, long low) {
        return PREFIX + new UUID(high, low);
    }

    /** Whether a text is spelt as a reference of ours, so that {@link #high} and {@link #low} can read it. */
    static boolean isOne(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            if (isDash(i) ? text.charAt(i) != '-' : !isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDash(int index) {
        return switch (index - PREFIX.length()) {
            case 8, 13, 18, 23 -> true;
            default -> false;
        };
    }

    /** Lower case only: references are compared as texts. */
    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9' || letter >= 'a' && letter <= 'f';
    }

    static long high(String reference) {
        return bits(reference, HALVES[0], HALVES[1]);
    }

    static long low(String reference) {
        return bits(reference, HALVES[1], HALVES[2]);
    }

    private static long bits(String text, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            var letter = text.charAt(i);
            if (letter != '-') {
                bits = bits << BITS_A_DIGIT | (letter <= '9' ? letter - '0' : letter - 'a' + 10);
            }
        }
        return bits;
    }
}
