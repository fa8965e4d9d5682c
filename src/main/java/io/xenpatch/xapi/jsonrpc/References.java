package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.XapiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The references of objects: asked for once, kept until the pool says that one is wrong. */
final class References {
    private final Connection connection;
    private final Map<Named, String> known = new ConcurrentHashMap<>();

    References(Connection connection) {
        this.connection = connection;
    }

    /** Remembers what a read of records has told. */
    void learn(Named name, String ref) {
        known.put(name, ref);
    }

    /** The parameters with references in place of names. */
    CompletableFuture<List<Object>> resolve(List<?> params, Deadline deadline) {
        CompletableFuture<List<Object>> resolved = CompletableFuture.completedFuture(List.of());
        for (var param : params) {
            resolved = resolved.thenCompose(before -> value(param, deadline).thenApply(value -> plus(before, value)));
        }
        return resolved;
    }

    private CompletableFuture<Object> value(Object param, Deadline deadline) {
        if (param instanceof Named name) {
            return reference(name, deadline).thenApply(ref -> ref);
        }
        return param instanceof List<?> several
                ? resolve(several, deadline).thenApply(refs -> refs)
                : CompletableFuture.completedFuture(param);
    }

    private CompletableFuture<String> reference(Named name, Deadline deadline) {
        var ref = known.get(name);
        if (ref != null) {
            return CompletableFuture.completedFuture(ref);
        }
        return lookUp(name, deadline).thenApply(found -> {
            known.put(name, found);
            return found;
        });
    }

    private CompletableFuture<String> lookUp(Named name, Deadline deadline) {
        var uuid = name.uuid();
        return uuid == null
                ? read(name.type() + ".get_all", List.of(), JsonRpc.as(String[].class), deadline)
                        .thenApply(all -> all[0])
                : read(name.type() + ".get_by_uuid", List.of(uuid.toString()), JsonRpc.as(String.class), deadline);
    }

    private <T> CompletableFuture<T> read(
            String message, List<String> params, JsonRpc.Result<T> result, Deadline deadline) {
        return connection.call(new Call<>(message, Effect.READ, params, result, deadline));
    }

    private static List<Object> plus(List<Object> before, Object value) {
        var all = new ArrayList<>(before);
        all.add(value);
        return all;
    }

    /** Whether a failure is the pool's word that one of these references is wrong; forgets it then. */
    boolean dropWrong(List<?> params, XapiFailure failure) {
        return failure instanceof XapiFailure.Refused refused
                && "HANDLE_INVALID".equals(refused.code())
                && params.stream()
                        .flatMap(param -> param instanceof List<?> several ? several.stream() : Stream.of(param))
                        .filter(Named.class::isInstance)
                        .map(Named.class::cast)
                        .anyMatch(name -> refused.parameters().contains(known.getOrDefault(name, ""))
                                && known.remove(name) != null);
    }

    /** Forgets them: a task has failed because the pool does not know them. */
    void forget(List<String> references) {
        known.values().removeAll(references);
    }
}
