package io.xenpatch.simulator.rpc;

import java.util.Optional;

/** A request as read from the wire, which knows in which form its answer goes back. */
public interface WireRequest {

    /** The call; missing when the body was no UTF-8. */
    Optional<RpcCall> call();

    /** The string that is no UTF-8, a character a byte, if that is why there is no call. */
    default String garbled() {
        return "";
    }

    byte[] write(Answer answer);

    String contentType();

    /** Reads one form of request. */
    @FunctionalInterface
    interface Reader {
        /** @throws MalformedRequest when the body is none, in the server's words */
        WireRequest read(byte[] body) throws MalformedRequest;
    }
}
