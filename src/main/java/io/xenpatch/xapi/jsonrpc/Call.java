package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import java.util.List;

/**
 * One call of a XAPI message.
 *
 * @param params without the session
 * @param deadline of everything that is done for it
 */
record Call<T>(String method, Effect effect, List<?> params, JsonRpc.Result<T> result, Deadline deadline) {}
