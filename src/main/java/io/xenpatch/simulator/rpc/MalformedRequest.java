package io.xenpatch.simulator.rpc;

/** A body that is no request at all: answered with HTTP 500 and a page that shows the text. */
public final class MalformedRequest extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRequest(String text) {
        super(text);
    }

    static MalformedRequest of(String reason) {
        return new MalformedRequest("Jsonrpc.Malformed_method_request(\"" + reason + "\")");
    }
}
