package io.xenpatch.precheck;

/** What a precheck's row is about. */
public enum Scope {
    GLOBAL,
    POOL,
    HOST,
    VM
}
