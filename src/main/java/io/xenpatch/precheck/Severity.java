package io.xenpatch.precheck;

/** How much a precheck's row weighs. */
public enum Severity {
    /** Nothing starts while this stands. */
    BLOCKING,
    /** Worth a look before starting. */
    WARNING,
    /** Worth knowing. */
    INFO,
    /** Looked at and found in order. */
    OK
}
