package io.xenpatch.simulator.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A call as it came from the wire: method and parameters (strings, Long, Double, Boolean, List, Map, null). */
public record RpcCall(String method, List<Object> params) {
    private static final String ASYNC = "Async.";

    public RpcCall {
        params = Collections.unmodifiableList(new ArrayList<>(params));
    }

    public boolean isAsync() {
        return method.startsWith(ASYNC);
    }

    /** The method without {@code Async.}; the old spelling {@code class_message} is left as it is. */
    public String plainMethod() {
        return isAsync() ? method.substring(ASYNC.length()) : method;
    }
}
