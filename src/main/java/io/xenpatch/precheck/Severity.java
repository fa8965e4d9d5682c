package io.xenpatch.precheck;

/** How much a precheck's row weighs. */
public enum Severity {
    /** Nothing starts while this stands. */
    BLOCKING,
    WARNING,
    INFO,
    OK
}
