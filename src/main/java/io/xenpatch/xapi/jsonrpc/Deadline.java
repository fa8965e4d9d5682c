package io.xenpatch.xapi.jsonrpc;

import java.time.Duration;

/** When a call must be over, on the monotonic clock. */
record Deadline(long nanos) {

    static Deadline in(Duration length) {
        return new Deadline(System.nanoTime() + length.toNanos());
    }

    /** What is left, at least 1 ms. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, nanos - System.nanoTime()));
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** The end of a part of this call: so long from now, but never later than the whole. */
    Deadline within(Duration length) {
        var part = in(length);
        return part.nanos - nanos < 0 ? part : this;
    }

    /** The end of an attempt that leaves time for another one. */
    Deadline half() {
        return within(left().dividedBy(2));
    }
}
