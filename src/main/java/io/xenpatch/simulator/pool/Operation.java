package io.xenpatch.simulator.pool;

/** What a message does. It ends the call now or later; an {@code ApiFailure} thrown by {@code run} ends it too. */
@FunctionalInterface
interface Operation {
    void run(Invocation call);
}
