package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Endpoint;

/** A login at a coordinator. */
record Session(Endpoint endpoint, String ref) {

    /** How it is presented where it is no parameter. */
    String cookie() {
        return "session_id=" + ref;
    }

    @Override
    public String toString() {
        return "Session[" + endpoint + "]";
    }
}
