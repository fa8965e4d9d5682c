package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One call of a XAPI message.
 *
 * @param params without the session
 * @param deadline of everything that is done for it
 */
record Call<T>(String method, Effect effect, List<?> params, JsonRpc.Result<T> result, Deadline deadline)
        implements Question<T> {

    @Override
    public String name() {
        return method;
    }

    @Override
    public CompletableFuture<T> ask(JsonRpcTransport transport, Session session, Set<String> accepted) {
        var all = new ArrayList<Object>();
        all.add(session.ref());
        all.addAll(params);
        return transport
                .send(session.endpoint(), accepted, JsonRpc.request(method, all), deadline.left())
                .thenApply(response -> Connection.read(this, session, response));
    }
}
