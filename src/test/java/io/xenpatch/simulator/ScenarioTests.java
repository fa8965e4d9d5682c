package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenarios from YAML and from code. */
class ScenarioTests extends SimulatorTest {
    private static final Path EXAMPLE = Path.of("src/test/resources/simulator/scenario.yaml");

    @Test
    void readsWhoMayLogInAndWhatTheyMay() {
        start(Scenario.read(EXAMPLE));

        var auditor = client().as("auditor", "look");
        assertThat(auditor.call("host.get_all").size()).isEqualTo(3);
        assertThat(auditor.failure("host.disable", auditor.host(1))).startsWith("RBAC_PERMISSION_DENIED");
    }

    @Test
    void makesAPoolOfTheRecordsOfAnother() {
        start(Scenario.pool("model").hosts(2).vmsEach(1));
        var records = new LinkedHashMap<String, Map<String, Map<String, Object>>>();
        for (var type : List.of("pool", "host", "host_metrics", "VM", "VM_metrics", "SR")) {
            records.put(type, client().records(type));
        }
        var told = client().call("host.get_all_records");

        try (var copy = Simulator.start(
                Scenario.of(Scenario.pool("copy").records(records)),
                SimulatorSettings.manual(new ManualClock(Instant.EPOCH)))) {
            var other = SimulatedClient.of(copy.pools().get(0));
            assertThat(other.call("host.get_all_records")).isEqualTo(told);
            assertThat(other.call("VM.get_all").size())
                    .isEqualTo(client().call("VM.get_all").size());
        }
    }

    @Test
    void refusesRecordsWithoutAPool() {
        var records =
                Map.of("host", Map.of("OpaqueRef:00000000-0000-0000-0000-000000000001", Map.<String, Object>of()));

        assertThatThrownBy(() -> Simulator.start(
                        Scenario.of(Scenario.pool("half").records(records)), SimulatorSettings.atSpeed(1)))
                .isInstanceOf(InvalidScenario.class)
                .hasMessageContaining("need one pool and 1 hosts");
    }

    @Test
    void readsTheExample() {
        start(Scenario.read(EXAMPLE));

        assertThat(simulator().pools())
                .extracting(PoolDescription::name)
                .containsExactly("production", "branch", "depot", "warehouse", "workshop", "laboratory");
        assertThat(client().call("host.get_all").size()).isEqualTo(3);
        assertThat(client().map("host.get_other_config", client().host(2))).containsEntry("MAINTENANCE_MODE", "true");
        assertThat(client().call("host.get_enabled", client().host(2)).booleanValue())
                .isFalse();
        assertThat(client().text("VM.get_power_state", client().named("VM", "archive")))
                .isEqualTo("Halted");
        var update = client().named("pool_update", "XS82ECU1031");
        runWell(Duration.ofSeconds(31), "pool_update.apply", update, client().host(0));
        assertThat(actions()).contains(JournalAction.LIVE_PATCH_FAILED);
    }

    @Test
    void readsARepositoryFromTheExample() {
        start(Scenario.read(EXAMPLE));
        var branch = SimulatedClient.of(simulator().pool("warehouse"));

        var answer = branch.get("/updates?session_id=" + branch.session());

        assertThat(answer.body())
                .contains("\"xapi-api-version\":\"2.23\"", "XS8-1001", "\"component\":\"xen\"")
                .doesNotContain("XS8-1002");
        assertThat(branch.map("host.get_software_version", branch.host(1))).containsEntry("product_brand", "XenServer");
    }

    @Test
    void readsPackagesFromTheExample() {
        var pools = Scenario.read(EXAMPLE).pools();

        assertThat(pools.get(4).packages())
                .extracting(offered -> offered.rpm().name())
                .containsExactly("xsconsole");
        assertThat(pools.get(4).repositories()).isEmpty();
        var kernel = pools.get(5).packages().get(0);
        assertThat(kernel.installedAt(0).evr().text()).isEqualTo("4.19.19-8.0.43.1.xcpng8.3");
        assertThat(kernel.installedAt(1)).isEqualTo(kernel.rpm());
        assertThat(kernel.size()).isEqualTo(31_457_280);
        assertThat(kernel.software()).containsEntry("linux", "4.19.0+2");
        assertThat(pools.get(5).packages().get(1).isLater()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(UpdateSet.class)
    void generatesPoolsThatAreUpdatedFromARepository(UpdateSet set) {
        start(Scenario.generated(1, 1, 0, set));

        var answer = client().get("/updates?session_id=" + client().session());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("UPDATE-" + (set == UpdateSet.FAILS ? UpdateSet.LIVE : set));
    }

    @Test
    void buildsTheSameFromCode() {
        start(Scenario.pool("code")
                .hosts(3)
                .vmsEach(2)
                .livePatchingDisabled()
                .wlbEnabled()
                .otherConfig("hci-forbid-update-auto-restart", "true")
                .host(1, HostScenario::inMaintenance)
                .host(2, host -> host.licensed(false))
                .update("LIVE")
                .update("DONE", update -> update.guidance("restartHost").rebootPendingOn(0)));
        var pool = client().call("pool.get_all").get(0).stringValue();

        assertThat(client().call("pool.get_wlb_enabled", pool).booleanValue()).isTrue();
        assertThat(client().map("pool.get_other_config", pool)).containsKey("hci-forbid-update-auto-restart");
        assertThat(client().map("host.get_license_params", client().host(2)))
                .containsEntry("restrict_live_patching", "true");
        assertThat(client().call("host.get_updates_requiring_reboot", client().host(0))
                        .size())
                .isEqualTo(1);
        assertThat(client().call("VM.get_all").size()).isEqualTo(3 + 6);
    }

    @Test
    void standaloneHostHasAPoolWithoutName() {
        start(Scenario.pool("lonely").standalone());
        var pool = client().call("pool.get_all").get(0).stringValue();

        assertThat(client().text("pool.get_name_label", pool)).isEmpty();
        assertThat(pool().name()).isEqualTo("lonely");
    }

    @Test
    void uuidsAreTheSameAtEveryStart() {
        start(Scenario.pool("same").hosts(2));
        var first = pool();
        stop();
        start(Scenario.pool("same").hosts(2));

        assertThat(pool().poolUuid()).isEqualTo(first.poolUuid());
        assertThat(pool().hosts()).isEqualTo(first.hosts());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pools: []                                                                | at least one pool
            pools: [{name: a}, {name: a}]                                            | its own name
            pools: [{name: a, hosts: 0}]                                             | 1 to 16000 hosts
            pools: [{name: a, colour: red}]                                          | colour
            pools: [{hosts: 2}]                                                      | name
            pools: [{name: a, vms: [{name: v, host: 7}]}]                            | no host 7
            pools: [{name: a, updates: [{name: u, precheck: maybe}]}]                | maybe
            pools: [{name: a, updates: [{name: u, guidance: [explode]}]}]            | explode
            pools: [{name: a, updates: [{name: u, appliedOn: [3]}]}]                 | no host 3
            pools: [{name: a, profile: windows}]                                     | windows
            pools: [{name: a, repositories: [{name: r}]}]                            | no repositories
            pools: [{name: a, profile: xenserver-8, repositories: [{name: r, updates: [{id: u, full: [explode]}]}]}] | explode
            pools: [{name: a, profile: xenserver-8, repositories: [{name: r, updates: [{id: u, packages: [x]}]}]}] | package x
            pools: [{name: a, profile: xenserver-8, repositories: [{name: r, updates: [{id: u}, {id: u}]}]}] | its own id
            pools: [{name: a, profile: xenserver-8, repositories: [{name: r, hosts: {5: {}}}]}] | no host 5
            pools: [{name: a, packages: [{name: kernel-1-2.x86_64}]}]                | no updater plugin
            pools: [{name: a, profile: xcp-ng-8.3, packages: [{name: kernel}]}]      | kernel is no package
            pools: [{name: a, profile: xcp-ng-8.3, packages: [{name: a-1-2.noarch, before: x}]}] | x is no version-release
            pools: [{name: a, profile: xcp-ng-8.3, packages: [{name: a-1-2.noarch, installedOn: [4]}]}] | no host 4
            pools: [{name: a, profile: xcp-ng-8.3, updateSets: [LIVE]}]              | no live patches
            timings: {LUNCH: PT1H}                                                   | LUNCH
            """)
    void refusesNonsenseInWords(String yaml, String told, @TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("scenario.yaml"), yaml);

        assertThatThrownBy(() -> Simulator.start(Scenario.read(file), SimulatorSettings.atSpeed(1)))
                .isInstanceOf(InvalidScenario.class)
                .hasMessageContaining(told);
    }
}
