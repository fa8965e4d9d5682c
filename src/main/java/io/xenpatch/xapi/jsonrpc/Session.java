package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Endpoint;

/** A login at a coordinator. */
record Session(Endpoint endpoint, String ref) {

    @Override
    public String toString() {
        return "Session[" + endpoint + "]";
    }
}
