package io.xenpatch.simulator.pool;

/** Where the hosts of a pool listen: 127.0.0.1 … 127.0.0.250, then 127.0.1.1 … 127.0.1.250 and so on. */
public final class HostAddress {
    private static final int PER_BLOCK = 250;

    private HostAddress() {}

    /** The address of a host, counted from 0 (the coordinator). */
    public static String of(int index) {
        return "127.0." + index / PER_BLOCK + "." + (index % PER_BLOCK + 1);
    }
}
