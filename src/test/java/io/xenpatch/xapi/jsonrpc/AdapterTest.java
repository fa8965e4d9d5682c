package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.PoolMirror;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A test of the adapter against one simulated pool over the wire. */
abstract class AdapterTest {
    static final double SPEED = 200;

    private final Egress egress = new Egress(new EgressProperties(Duration.ofSeconds(5)));
    private final List<XapiPool> opened = new ArrayList<>();
    private @Nullable Simulator running;

    void start(PoolScenario pool) {
        start(pool, SimulatorSettings.atSpeed(SPEED));
    }

    void start(PoolScenario pool, SimulatorSettings settings) {
        running = Simulator.start(Scenario.of(pool), settings);
    }

    Simulator simulator() {
        return Objects.requireNonNull(running);
    }

    /** What a mirror shows after its next answer, whether anything had changed or not. */
    static PoolSnapshot present(PoolMirror mirror) {
        mirror.next(Duration.ofSeconds(1)).join();
        return mirror.present().orElseThrow();
    }

    PoolDescription description() {
        return simulator().pools().get(0);
    }

    int port() {
        var address = description().address();
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    Endpoint endpoint(int host) {
        return new Endpoint(
                description().hosts().get(host).address(),
                port(),
                !description().tlsFingerprint().isEmpty());
    }

    HostUuid host(int index) {
        return HostUuid.of(description().hosts().get(index).uuid());
    }

    Credentials credentials() {
        return new Credentials(description().username(), description().password());
    }

    /** First contact at the coordinator, trusting what is presented. */
    XapiPool open() {
        return open(new PoolAccess(endpoint(0), credentials(), List.of(), null));
    }

    XapiPool open(PoolAccess access) {
        return open(access, new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), true));
    }

    XapiPool open(PoolAccess access, XapiProperties properties) {
        var pool = new JsonRpcConnections(new HttpTransport(egress), properties).open(access);
        opened.add(pool);
        return pool;
    }

    /** Sends something over the same HTTP client as all others here, for whoever accepts that certificate. */
    void send(Endpoint endpoint, String accepted, byte[] body) {
        new HttpTransport(egress)
                .send(endpoint, Set.of(accepted), body, Duration.ofSeconds(30))
                .join();
    }

    void inject(FaultKind kind, String method) {
        simulator().inject(Fault.on(description().poolUuid(), kind).forMethod(method));
    }

    XapiTask finished(XapiPool pool, XapiTaskRef task) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> pool.tasks().observe(task), XapiTask::isFinished);
    }

    XapiTask.Succeeded succeeded(XapiPool pool, XapiTaskRef task) {
        var end = finished(pool, task);
        assertThat(end).isInstanceOf(XapiTask.Succeeded.class);
        return (XapiTask.Succeeded) end;
    }

    List<JournalAction> actions() {
        return simulator().journal(description().poolUuid()).stream()
                .map(JournalEntry::action)
                .toList();
    }

    @AfterEach
    void stop() {
        opened.forEach(XapiPool::close);
        if (running != null) {
            running.close();
        }
        egress.close();
    }
}
