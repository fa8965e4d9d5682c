package io.xenpatch.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.xensource.xenapi.APIVersion;
import com.xensource.xenapi.Connection;
import com.xensource.xenapi.Event;
import com.xensource.xenapi.EventBatch;
import com.xensource.xenapi.Host;
import com.xensource.xenapi.PoolUpdate;
import com.xensource.xenapi.Session;
import com.xensource.xenapi.Task;
import com.xensource.xenapi.Types;
import com.xensource.xenapi.VM;
import io.xenpatch.simulator.ManualClock;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.simulator.TrustAnyCertificate;
import io.xenpatch.simulator.model.Profile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Citrix's own Java SDK (XML-RPC, every field typed) works with a simulated pool. */
@ParameterizedClass
@EnumSource(Profile.class)
class CitrixSdkTests {
    /** Every class that the SDK can list. */
    private static final List<String> CLASSES = List.of(
            ("Blob Bond Cluster ClusterHost Console Crashdump DRTask Feature GPUGroup Host HostCpu HostCrashdump HostMetrics"
                            + " HostPatch Message Network NetworkSriov PBD PCI PGPU PIF PIFMetrics PUSB PVSCacheStorage PVSProxy"
                            + " PVSServer PVSSite Pool PoolPatch PoolUpdate Role SDNController SM SR Secret Subject Task Tunnel"
                            + " USBGroup VBD VBDMetrics VDI VGPU VGPUType VIF VIFMetrics VLAN VM VMAppliance VMGuestMetrics"
                            + " VMMetrics VMPP VMSS VUSB")
                    .split(" "));

    private static final int ANSWER_SECONDS = 30;
    private static final int MOST_LOOKS = 100;
    private static final String NOBODY = "OpaqueRef:00000000-dead-beef-0000-000000000000";
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Profile profile;
    private final Simulator simulator;
    private final Connection connection;

    CitrixSdkTests(Profile profile) throws Exception {
        this.profile = profile;
        simulator = start(SimulatorSettings.manual(new ManualClock(NOON)).overPlainHttp());
        connection = loggedIn();
    }

    private Simulator start(SimulatorSettings settings) {
        var pool = Scenario.pool("lab").profile(profile).hosts(3).vmsEach(2).update("LIVE");
        return Simulator.start(Scenario.of(pool), settings);
    }

    private static Connection unknown(String address) throws Exception {
        return new Connection(URI.create("http://" + address).toURL(), ANSWER_SECONDS, ANSWER_SECONDS);
    }

    private Connection loggedIn() throws Exception {
        var made = unknown(simulator.pools().get(0).address());
        Session.loginWithPassword(made, "root", "simulated", APIVersion.latest().toString(), "xenpatch");
        return made;
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Host host(int index) throws Exception {
        return Host.getByUuid(
                connection, simulator.pools().get(0).hosts().get(index).uuid());
    }

    private VM guest(String label) throws Exception {
        return VM.getByNameLabel(connection, label).iterator().next();
    }

    private PoolUpdate update() throws Exception {
        return PoolUpdate.getByNameLabel(connection, "LIVE").iterator().next();
    }

    /** Polls a task as the SDK's own examples do, while the pool's time goes on. */
    private Task.Record ended(Task task) throws Exception {
        for (int look = 0; task.getStatus(connection) == Types.TaskStatusType.PENDING; look++) {
            assertThat(look).as("looks at " + task.getRecord(connection)).isLessThan(MOST_LOOKS);
            simulator.advance(Duration.ofSeconds(5));
        }
        return task.getRecord(connection);
    }

    @Test
    void logsInAndOut() throws Exception {
        var session = connection.getSessionReference();
        Session.logout(connection);

        var refused = catchThrowableOfType(Types.SessionInvalid.class, () -> Host.getAll(connection));

        assertThat(refused.handle).isIn(session, "");
    }

    @Test
    void wrongPasswordIsItsTypedException() throws Exception {
        var stranger = unknown(simulator.pools().get(0).address());

        var refused = catchThrowableOfType(
                Types.SessionAuthenticationFailed.class, () -> Session.loginWithPassword(stranger, "root", "wrong"));

        assertThat(refused.shortDescription).isNotEmpty();
    }

    @Test
    void supporterNamesItsCoordinator() throws Exception {
        var address = simulator.pools().get(0).hosts().get(1).address();
        var supporter = unknown(address + simulator.pools().get(0).address().replaceAll(".*(:\\d+)$", "$1"));

        var refused = catchThrowableOfType(
                Types.HostIsSlave.class, () -> Session.loginWithPassword(supporter, "root", "simulated"));

        assertThat(refused.masterIPAddress).isEqualTo("127.0.0.1");
    }

    @Test
    void everyFieldOfEveryRecordParses() throws Exception {
        host(0).disableAsync(connection);
        var softly = new SoftAssertions();
        var counts = new TreeMap<String, Integer>();
        for (var name : CLASSES) {
            var records = records(name);
            counts.put(name, records.size());
            for (var record : records) {
                record.toMap()
                        .forEach((field, value) -> softly.assertThat(problem(field, value))
                                .as(name + "." + field + " = " + value)
                                .isEmpty());
            }
        }
        softly.assertAll();
        assertThat(counts)
                .containsAllEntriesOf(Map.of("Pool", 1, "Host", 3, "VM", 9, "PoolUpdate", 1, "Task", 1, "VIF", 6))
                .hasEntrySatisfying("VBD", count -> assertThat(count).isPositive());
    }

    private List<Types.Record> records(String name) throws Exception {
        var all = (Map<?, ?>) Class.forName("com.xensource.xenapi." + name)
                .getMethod("getAllRecords", Connection.class)
                .invoke(null, connection);
        return all.values().stream().map(Types.Record.class::cast).toList();
    }

    /** Operations may be newer than the SDK (it is of 8.1): no other word may be unknown to it. */
    private static String problem(String field, @Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        var unknown = value.toString().contains("UNRECOGNIZED") && !"allowed_operations".equals(field);
        return unknown ? "unknown word" : "";
    }

    @Test
    void listsTheUpdateWithItsGuidance() throws Exception {
        var record = PoolUpdate.getAllRecords(connection).values().iterator().next();

        assertThat(record.nameLabel).isEqualTo("LIVE");
        assertThat(record.afterApplyGuidance).containsExactly(Types.UpdateAfterApplyGuidance.RESTARTHOST);
        assertThat(record.hosts).isEmpty();
    }

    @Test
    void seesAnotherClientsChangeAsEvent() throws Exception {
        var token = Event.from(connection, Set.of("host"), "", 5.0).token;
        var host = host(2);
        var waiting = CompletableFuture.supplyAsync(() -> from(token));

        host.disable(loggedIn());

        var event = waiting.get(30, TimeUnit.SECONDS).events.iterator().next();
        assertThat(event.operation).isEqualTo(Types.EventOperation.MOD);
        assertThat(event.ref).isEqualTo(host.toWireString());
        assertThat(((Host.Record) event.snapshot).enabled).isFalse();
    }

    private EventBatch from(String token) {
        try {
            return Event.from(connection, Set.of("host"), token, 20.0);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void waitsForTheApplicationOfAnUpdate() throws Exception {
        var task = ended(update().applyAsync(connection, host(0)));

        assertThat(task.status).isEqualTo(Types.TaskStatusType.SUCCESS);
        assertThat(task.nameLabel).isEqualTo("Async.pool_update.apply");
        assertThat(task.progress).isEqualTo(1.0);
        assertThat(task.finished).isAfter(Date.from(NOON));
        assertThat(update().getHosts(connection)).containsExactly(host(0));
    }

    @Test
    void waitsForAnEvacuation() throws Exception {
        host(1).disable(connection);
        var task = ended(host(1).evacuateAsync(connection));

        assertThat(task.status).isEqualTo(Types.TaskStatusType.SUCCESS);
        assertThat(host(1).getResidentVMs(connection)).hasSize(1);
    }

    @Test
    void readsTheResultOfATask() throws Exception {
        var task = ended(update().precheckAsync(connection, host(0)));

        assertThat(task.result).isEqualTo("<value>ok_livepatch_complete</value>");
    }

    @Test
    void cancelsAMigration() throws Exception {
        var vm = guest("vm-1-1");
        var task = vm.poolMigrateAsync(connection, host(1), Map.of());
        simulator.advance(Duration.ofSeconds(1));

        assertThat(task.getAllowedOperations(connection)).containsExactly(Types.TaskAllowedOperations.CANCEL);
        task.cancel(connection);

        assertThat(ended(task).status).isEqualTo(Types.TaskStatusType.CANCELLED);
        assertThat(vm.getResidentOn(connection)).isEqualTo(host(0));
        task.destroy(connection);
        assertThat(Task.getAll(connection)).isEmpty();
    }

    @Test
    void readsTheTypedFailureOfACall() throws Exception {
        var vm = guest("vm-1-1");

        var refused = catchThrowableOfType(Types.VmBadPowerState.class, () -> vm.start(connection, false, false));

        assertThat(refused.vm).isEqualTo(vm.toWireString());
        assertThat(List.of(refused.expected, refused.actual))
                .map(state -> state.toLowerCase(Locale.ROOT))
                .containsExactly("halted", "running");
    }

    @Test
    void readsTheFailureOfATask() throws Exception {
        var nowhere = Types.toHost(NOBODY);

        var task = ended(guest("vm-1-1").poolMigrateAsync(connection, nowhere, Map.of()));

        assertThat(task.status).isEqualTo(Types.TaskStatusType.FAILURE);
        assertThat(task.errorInfo).containsExactly("HANDLE_INVALID", "host", NOBODY);
    }

    @Test
    void worksOverTls() throws Exception {
        var before = HttpsURLConnection.getDefaultSSLSocketFactory();
        var trust = new TrustAnyCertificate();
        HttpsURLConnection.setDefaultSSLSocketFactory(trust.context().getSocketFactory());
        try (var secure = start(SimulatorSettings.manual(new ManualClock(NOON)))) {
            var encrypted = new Connection(
                    URI.create("https://" + secure.pools().get(0).address()).toURL());
            Session.loginWithPassword(encrypted, "root", "simulated");

            assertThat(Host.getAll(encrypted)).hasSize(3);
            Session.logout(encrypted);
        } finally {
            HttpsURLConnection.setDefaultSSLSocketFactory(before);
        }
    }
}
