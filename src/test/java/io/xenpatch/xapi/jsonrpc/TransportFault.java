package io.xenpatch.xapi.jsonrpc;

/** What goes wrong when the call that a test looks at is to be sent, and what the adapter may make of it. */
enum TransportFault {
    /** Nobody listens. */
    CONNECTION_REFUSED(Reaches.NOBODY),
    /** The handshake ends with an alert. */
    TLS_FAILURE(Reaches.NOBODY),
    RESET_BEFORE_THE_CALL(Reaches.THE_SERVER),
    RESET_AFTER_THE_CALL(Reaches.THE_POOL),
    /** The call happens and not a byte of an answer comes. */
    HANG(Reaches.THE_POOL),
    HALF_ANSWER(Reaches.THE_POOL),
    /** The call happens, the answer is no HTTP. */
    GARBAGE(Reaches.THE_POOL),
    HTTP_500(Reaches.THE_SERVER),
    /** The call happens, something in between answers HTTP 200 with a page. */
    HTML(Reaches.THE_POOL),
    /** A stranger at the address, met by a connection that is made for the call. */
    WRONG_CERTIFICATE(Reaches.NOBODY),
    /** A stranger at the address, to whom somebody else's idle connection would lead. */
    WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION(Reaches.NOBODY),
    SESSION_INVALID(Reaches.THE_SERVER),
    HOST_IS_SLAVE(Reaches.THE_SERVER),
    HOST_STILL_BOOTING(Reaches.THE_SERVER);

    private final Reaches reaches;

    TransportFault(Reaches reaches) {
        this.reaches = reaches;
    }

    /** How far the call gets. */
    Reaches reaches() {
        return reaches;
    }

    /** How far a call can get. */
    enum Reaches {
        /** Surely not sent. */
        NOBODY,
        /** Read by something that does not carry it out. */
        THE_SERVER,
        /** Carried out. */
        THE_POOL
    }
}
