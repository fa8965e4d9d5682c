package io.xenpatch.simulator;

/** The simulator can't run; the message is one sentence for a person. */
public final class SimulatorFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SimulatorFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
