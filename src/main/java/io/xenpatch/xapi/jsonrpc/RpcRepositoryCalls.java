package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.RepositoryCalls;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

final class RpcRepositoryCalls implements RepositoryCalls {
    private static final String NO_LIST = "GET_UPDATES_FAILED";

    private final Calls calls;
    private final Polled<RepositoryUpdates> polled;

    RpcRepositoryCalls(Calls calls, Polled<RepositoryUpdates> polled) {
        this.calls = calls;
        this.polled = polled;
    }

    @Override
    public Optional<RepositoryUpdates> pollUpdates() {
        return polled.poll(this::updates);
    }

    /** Only what every version takes: the repository's credentials (two from 1.329, two more from 25.7) have defaults. */
    @Override
    public XapiTaskRef synchronise(boolean force) {
        return calls.start("pool.sync_updates", Named.pool(), force);
    }

    @Override
    public CompletableFuture<RepositoryUpdates> updates() {
        var deadline = Deadline.in(calls.properties().updatesTimeout());
        return calls.readLater(deadline, "host.get_all_records", RecordType.HOST.allRecords())
                .thenCompose(hosts -> {
                    calls.learnHosts(hosts);
                    return calls.fetchLater(list(uuids(hosts), deadline));
                });
    }

    private Fetch<RepositoryUpdates> list(Map<String, HostUuid> hosts, Deadline deadline) {
        var longest = calls.properties().longestUpdateList().toBytes();
        return new Fetch<>("/updates", longest, NO_LIST, parser -> UpdateList.read(parser, hosts), deadline);
    }

    private static Map<String, HostUuid> uuids(Map<String, Records.Host> hosts) {
        return hosts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, host -> HostUuid.of(host.getValue().uuid())));
    }

    @Override
    public XapiTaskRef apply(HostUuid host, String hash) {
        return calls.start("host.apply_updates", Named.of(host), hash);
    }
}
