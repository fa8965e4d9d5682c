package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.HostCalls;
import io.xenpatch.xapi.ImageContent;
import io.xenpatch.xapi.PackageCalls;
import io.xenpatch.xapi.PbdCalls;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.PoolCalls;
import io.xenpatch.xapi.PoolMirror;
import io.xenpatch.xapi.PoolUpdateCalls;
import io.xenpatch.xapi.RepositoryCalls;
import io.xenpatch.xapi.SrCalls;
import io.xenpatch.xapi.TaskCalls;
import io.xenpatch.xapi.VbdCalls;
import io.xenpatch.xapi.VdiCalls;
import io.xenpatch.xapi.VmCalls;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pool over JSON-RPC. */
final class JsonRpcPool implements XapiPool {
    private static final Logger LOG = LoggerFactory.getLogger(JsonRpcPool.class);
    private static final Duration LOGOUT = Duration.ofSeconds(2);

    private final JsonRpcTransport transport;
    private final Calls calls;
    private final Certificates certificates;
    private final Polled<RepositoryUpdates> polledUpdates = new Polled<>();

    JsonRpcPool(JsonRpcTransport transport, XapiProperties properties, PoolAccess access) {
        this.transport = transport;
        var trust = new Trust(access);
        var connection = new Connection(transport, trust, new Sessions(transport, trust, access));
        this.calls = new Calls(connection, properties);
        this.certificates = new Certificates(calls);
    }

    @Override
    public PoolCalls pool() {
        return new RpcPoolCalls(calls, certificates);
    }

    @Override
    public HostCalls hosts() {
        return new RpcHostCalls(calls);
    }

    @Override
    public VmCalls vms() {
        return new RpcVmCalls(calls);
    }

    @Override
    public PoolUpdateCalls poolUpdates() {
        return new RpcPoolUpdateCalls(calls);
    }

    @Override
    public RepositoryCalls repositories() {
        return new RpcRepositoryCalls(calls, polledUpdates);
    }

    @Override
    public PackageCalls packages() {
        return new RpcPackageCalls(calls);
    }

    @Override
    public PbdCalls pbds() {
        return new RpcPbdCalls(calls);
    }

    @Override
    public VbdCalls vbds() {
        return new RpcVbdCalls(calls);
    }

    @Override
    public VdiCalls vdis() {
        return new RpcVdiCalls(calls);
    }

    @Override
    public SrCalls srs() {
        return new RpcSrCalls(calls);
    }

    @Override
    public CompletableFuture<Void> importImage(VdiUuid vdi, XapiTaskRef task, ImageContent content) {
        return new ImageSender(transport, calls.connection(), calls.readTimeout(), vdi, task, content).send();
    }

    @Override
    public TaskCalls tasks() {
        return new RpcTaskCalls(calls);
    }

    @Override
    public PoolMirror mirror() {
        return new EventMirror(calls, certificates);
    }

    @Override
    public PoolAccess access() {
        var connection = calls.connection();
        return new PoolAccess(
                connection.sessions().endpoint(),
                Objects.requireNonNullElse(connection.sessions().credentials(), new Credentials("", "")),
                connection.trust().pins(),
                connection.trust().expected());
    }

    @Override
    public CompletableFuture<Void> leave() {
        var connection = calls.connection();
        var session = connection.sessions().close();
        return (session == null ? CompletableFuture.<Void>completedFuture(null) : logout(session))
                .whenComplete((done, thrown) -> connection.trust().forget());
    }

    private CompletableFuture<Void> logout(Session session) {
        var logout =
                new Call<>("session.logout", Effect.ONCE, List.of(), JsonRpc.as(String.class), Deadline.in(LOGOUT));
        return calls.connection().exchange(logout, session).handle((answer, thrown) -> {
            if (thrown != null) {
                LOG.debug("The session with {} ends by itself, it could not be logged out", session.endpoint(), thrown);
            }
            return null;
        });
    }
}
