package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One call of a XAPI message.
 *
 * @param params without the session that every call has; {@link #OWN_SESSION} where the call is about it
 * @param deadline of everything that is done for it
 */
record Call<T>(String method, Effect effect, List<?> params, JsonRpc.Result<T> result, Deadline deadline)
        implements Question<T> {

    /** Stands for the session in which the call is sent, which may be another one after it was renewed. */
    static final Object OWN_SESSION = new Object();

    @Override
    public String name() {
        return method;
    }

    @Override
    public CompletableFuture<T> ask(JsonRpcTransport transport, Session session, Set<String> accepted) {
        var all = new ArrayList<Object>();
        all.add(session.ref());
        params.forEach(param -> all.add(param == OWN_SESSION ? session.ref() : param));
        return transport
                .send(session.endpoint(), accepted, JsonRpc.request(method, all), deadline.left())
                .thenApply(response -> Connection.read(this, session, response));
    }
}
