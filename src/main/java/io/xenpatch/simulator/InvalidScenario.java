package io.xenpatch.simulator;

/** A scenario that can't be simulated; the message is one sentence for a person. */
public final class InvalidScenario extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidScenario(String message) {
        super(message);
    }
}
