package io.xenpatch.egress;

import java.net.ConnectException;

/** Too many requests with different trust go to one peer at once. Nothing was sent. */
final class TooManyTrusts extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyTrusts(String peer) {
        super(new ConnectException("too many different certificates are accepted at " + peer + " at once"));
    }
}
