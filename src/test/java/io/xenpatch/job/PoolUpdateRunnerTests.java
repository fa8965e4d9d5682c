package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.assessment.PackageAsking;
import io.xenpatch.caller.Caller;
import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.pool.Pools;
import io.xenpatch.precheck.PrecheckLimits;
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
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.jsonrpc.TestConnections;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The runner over the wire; most of what jobs do is tested in virtual time ({@link VirtualRun}). */
class PoolUpdateRunnerTests {
    private final Egress egress = new Egress(new EgressProperties(Duration.ofSeconds(5)));
    private final MemoryJobStore store = new MemoryJobStore(InstantSource.system());
    private @Nullable Simulator running;
    private @Nullable XapiPool opened;

    @Test
    void livePatchesThreeHostsWithoutTouchingAnyGuest() {
        start(Scenario.pool("live").hosts(3).vmsEach(2).update("LIVE"));

        PoolUpdate ended = run("LIVE", UpdatePolicy.defaults());

        assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.LIVE_PATCHED);
        assertThat(actions())
                .contains(JournalAction.LIVE_PATCHED)
                .doesNotContain(
                        JournalAction.DISABLE,
                        JournalAction.EVACUATE,
                        JournalAction.REBOOT_STARTED,
                        JournalAction.VM_MIGRATED);
    }

    @Test
    void rebootsThreeHostsCoordinatorFirstAndBringsEveryGuestHome() {
        start(Scenario.pool("reboot").hosts(3).vmsEach(2).livePatchingDisabled().update("LIVE"));
        Map<VmUuid, HostUuid> before = homes();

        PoolUpdate ended = run("LIVE", UpdatePolicy.defaults());

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
        assertThat(ended.hosts()).allSatisfy(host -> assertThat(host.warnings()).isEmpty());
        assertThat(homes()).isEqualTo(before);
        assertThat(rebooted())
                .containsExactlyElementsOf(ended.hosts().stream()
                        .map(host -> host.host().toString())
                        .toList());
        assertThat(rebooted().get(0)).isEqualTo(pool().coordinator().toString());
        assertThat(pool().hosts()).allMatch(host -> host.enabled());
    }

    @Test
    void rebootsOnceAlthoughTheAnswerToTheRebootIsLost() {
        start(Scenario.pool("lost").hosts(2).vmsEach(1).update("REBOOT"));
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.CONNECTION_RESET)
                        .forMethod("host.reboot"));

        PoolUpdate ended = run("REBOOT", UpdatePolicy.defaults());

        assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(rebooted()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void refusesToKeepWhatNoSliceMayMakeOfAPool() {
        start(Scenario.pool("illegal").hosts(1).update("LIVE"));
        PoolUpdate ended = run("LIVE", UpdatePolicy.defaults());
        Lease lease = store.claim(PoolUpdate.REAL, ended.pool(), "me").orElseThrow();
        Lease other = new Lease(PoolUpdate.REAL, new PoolUuid(UUID.randomUUID()), "me", lease.epoch());

        assertThatThrownBy(() -> store.save(lease, ended, ended.running(List.of(), List.of()), List.of()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ended.requireFollows(ended, other)).isInstanceOf(IllegalStateException.class);
        assertThat(store.poolUpdate(ended.id())).contains(ended);
    }

    private void start(PoolScenario pool) {
        running = Simulator.start(Scenario.of(pool), SimulatorSettings.atSpeed(200));
        String address = description().address();
        Endpoint endpoint =
                new Endpoint("127.0.0.1", Integer.parseInt(address.substring(address.indexOf(':') + 1)), true);
        opened = TestConnections.over(egress)
                .open(new PoolAccess(
                        endpoint,
                        new Credentials(description().username(), description().password()),
                        List.of(),
                        null));
        xapi().pool().certificates().join();
    }

    private PoolUpdate run(String updateName, UpdatePolicy policy) {
        UpdateUuid update = pool().updates().stream()
                .filter(known -> known.name().equals(updateName))
                .findFirst()
                .orElseThrow()
                .uuid();
        NewJob job = JobSamples.job(
                pool().uuid(), new UpdateChoice.Image(update), Set.of(), policy, Instant.now(), Duration.ofHours(1));
        PoolUpdate work = job.pools().get(0);
        store.create(job, List.of());
        // a new runner each time: whatever it needs must be in the store
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() -> new PoolUpdateRunner(
                                        UUID.randomUUID().toString(),
                                        store,
                                        new OnePool(xapi()),
                                        InstantSource.system(),
                                        System::nanoTime,
                                        TestSettings.job(),
                                        PackageAsking.DEFAULTS,
                                        new PrecheckLimits(
                                                Duration.ofDays(1),
                                                Duration.ofDays(1),
                                                Duration.ZERO,
                                                Duration.ofDays(1)),
                                        Optional::empty)
                                .tick(work.id())
                                .nextLook()
                        == null);
        return store.poolUpdate(work.id()).orElseThrow();
    }

    private Simulator simulator() {
        return Objects.requireNonNull(running);
    }

    private XapiPool xapi() {
        return Objects.requireNonNull(opened);
    }

    private PoolDescription description() {
        return simulator().pools().get(0);
    }

    private PoolSnapshot pool() {
        return xapi().pool().observe();
    }

    private Map<VmUuid, HostUuid> homes() {
        return pool().vms().stream()
                .filter(vm -> vm.powerState().isResident())
                .collect(Collectors.toMap(VmSnapshot::uuid, VmSnapshot::residentOn));
    }

    private List<JournalAction> actions() {
        return simulator().journal(description().poolUuid()).stream()
                .map(JournalEntry::action)
                .toList();
    }

    private List<String> rebooted() {
        return simulator().journal(description().poolUuid()).stream()
                .filter(entry -> entry.action() == JournalAction.REBOOT_STARTED)
                .map(JournalEntry::hostUuid)
                .toList();
    }

    @AfterEach
    void stop() {
        xapi().close();
        simulator().close();
        egress.close();
    }

    /** The one pool of these tests, registered without a database. */
    private record OnePool(XapiPool xapi) implements Pools {
        @Override
        public PoolName get(Caller caller, PoolUuid pool) {
            return new PoolName(pool, "pool", Map.of());
        }

        @Override
        public PoolUuid poolOf(Caller caller, HostUuid host) {
            return xapi.pool().observe().uuid();
        }

        @Override
        public XapiPool connection(PoolUuid pool) {
            return xapi;
        }
    }
}
