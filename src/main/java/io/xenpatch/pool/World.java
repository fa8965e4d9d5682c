package io.xenpatch.pool;

/** Which world a row belongs to; part of every key, so that rehearsed pools never mix with real ones. */
final class World {
    static final String REAL = "real";

    private World() {}
}
