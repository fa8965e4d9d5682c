package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.simulator.model.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code host.call_plugin} with XCP-ng's {@code updater.py}. */
class UpdaterPluginTests extends SimulatorTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** Longer than any check. */
    private static final Duration CHECK = Duration.ofSeconds(15);
    /** Longer than any update. */
    private static final Duration UPDATE = Duration.ofMinutes(3);

    private static final Duration TOOLSTACK = Duration.ofSeconds(30);
    private static final Duration REBOOT = Duration.ofMinutes(5);

    private static PoolScenario bare() {
        return Scenario.pool("xcp").profile(Profile.XCP_NG_8_3).hosts(2);
    }

    private JsonNode plugin(int host, String function, Duration longest, Map<String, String> args) {
        return run(longest, "host.call_plugin", client().host(host), "updater.py", function, args);
    }

    private String starts(int host, String function) {
        return client().text("Async.host.call_plugin", client().host(host), "updater.py", function, Map.of());
    }

    /** The JSON of a task that has succeeded. */
    private static JsonNode answer(JsonNode task) {
        assertThat(task.get("status").stringValue()).as(task.toString()).isEqualTo("success");
        var xml = task.get("result").stringValue();
        return MAPPER.readTree(xml.substring("<value>".length(), xml.length() - "</value>".length())
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"));
    }

    private List<String> missing(int host) {
        return answer(plugin(host, "check_update", CHECK, Map.of()))
                .valueStream()
                .map(told -> told.get("name").stringValue())
                .toList();
    }

    private JsonNode update(int host) {
        return plugin(host, "update", UPDATE, Map.of());
    }

    private String software(int host, String key) {
        return client().map("host.get_software_version", client().host(host)).getOrDefault(key, "");
    }

    private Fault fault(FaultKind kind) {
        return Fault.on(pool().poolUuid(), kind);
    }

    private void reboot(int host) {
        client().call("host.disable", client().host(host));
        client().call("host.reboot", client().host(host));
        advance(REBOOT);
    }

    @Test
    void productSaysWhatARealHostSays() {
        start(bare());

        assertThat(client().map("host.get_software_version", client().host(0)))
                .containsEntry("product_brand", "XCP-ng")
                .containsEntry("product_version", "8.3.0")
                .containsEntry("platform_name", "XCP")
                .containsEntry("platform_version", "3.4.0")
                .containsEntry("build_number", "8.3.0")
                .containsEntry("xapi_build", "26.1.3")
                .doesNotContainKey("db_schema");
    }

    @Test
    void packagesAreToldAsThePluginTellsThem() {
        start(bare().packages(UpdateSet.REBOOT));

        var told = answer(plugin(0, "check_update", CHECK, Map.of()));

        var kernel = told.get(0);
        assertThat(kernel.propertyNames())
                .containsExactly("name", "version", "release", "description", "changelog", "url", "size", "license");
        assertThat(kernel.get("name").stringValue()).isEqualTo("kernel");
        assertThat(kernel.get("version").stringValue()).isEqualTo("4.19.19");
        assertThat(kernel.get("release").stringValue()).isEqualTo("8.0.44.1.xcpng8.3");
        assertThat(kernel.get("description").stringValue()).isEqualTo("The Linux kernel");
        assertThat(kernel.get("size").isIntegralNumber()).isTrue();
        assertThat(kernel.get("changelog").propertyNames()).containsExactlyInAnyOrder("date", "author", "description");
        assertThat(told.get(1).get("changelog").isNull()).isTrue();
    }

    @Test
    void updateInstallsEverythingAndTakesItsTime() {
        start(bare().packages(UpdateSet.TOOLSTACK));

        var task = starts(1, "update");
        advance(Duration.ofMinutes(1));
        var label = "Update host " + client().text("host.get_name_label", client().host(1)) + " (" + hostUuid(1) + ")";
        assertThat(client().call("task.get_by_name_label", label).size()).isEqualTo(1);
        assertThat(task(task).get("status").stringValue()).isEqualTo("pending");
        advance(UPDATE);

        var said = answer(task(task));
        assertThat(said.get("returncode").intValue()).isZero();
        assertThat(said.get("stdout").stringValue()).contains("Updated:", "xapi-core.x86_64 0:26.1.4-1.1.xcpng8.3");
        assertThat(said.get("command").get(1).stringValue()).isEqualTo("update");
        assertThat(client().call("task.get_by_name_label", label).size()).isZero();
        assertThat(missing(1)).isEmpty();
        assertThat(missing(0)).containsExactly("xapi-core", "xsconsole");
        assertThat(actionsOn(1)).containsExactly(JournalAction.APPLY);
    }

    @Test
    void updateOfNothingSaysSo() {
        start(bare());

        assertThat(answer(update(0)).get("stdout").stringValue()).contains("No packages marked for update");
    }

    @Test
    void updateOfSomePackagesLeavesTheOthers() {
        start(bare().packages(UpdateSet.REBOOT));

        plugin(0, "update", UPDATE, Map.of("packages", "xsconsole, something-else"));

        assertThat(missing(0)).containsExactly("kernel");
    }

    /** Only a client writes down that packages were installed, and nothing of XAPI's own lists of what is owed changes. */
    @Test
    void hostItselfDoesNotTellThatItWasUpdated() {
        start(bare().packages(UpdateSet.REBOOT));
        update(0);

        var host = client().call("host.get_record", client().host(0));

        assertThat(host.get("other_config").has("rpm_patch_installation_time")).isFalse();
        assertThat(host.get("pending_guidances").size()).isZero();
        assertThat(host.get("pending_guidances_recommended").size()).isZero();
        assertThat(host.get("updates_requiring_reboot").size()).isZero();
    }

    @Test
    void kernelRunsAfterABootAndTheToolstackAfterItsStart() {
        start(bare().packages(UpdateSet.REBOOT).packages(UpdateSet.TOOLSTACK));
        update(1);

        client().call("host.restart_agent", client().host(1));
        advance(TOOLSTACK);
        assertThat(software(1, "xapi_build")).isEqualTo("26.1.4");
        assertThat(software(1, "linux")).isEqualTo("4.19.0+1");
        reboot(1);

        assertThat(software(1, "linux")).isEqualTo("4.19.0+2");
        assertThat(software(0, "xapi_build")).isEqualTo("26.1.3");
    }

    @Test
    void checkDoesNotWaitForAnother() {
        start(bare());
        starts(0, "check_update");
        advance(Duration.ofSeconds(1));

        var refused = plugin(0, "check_update", Duration.ofSeconds(1), Map.of());

        assertThat(errorInfo(refused))
                .startsWith("-1", "The updater plugin is busy (current operation: check_update)", "")
                .hasSize(4);
    }

    @Test
    void otherHostsPluginIsNotBusy() {
        start(bare().packages(UpdateSet.NOTHING));
        starts(0, "update");
        advance(Duration.ofSeconds(1));

        assertThat(missing(1)).containsExactly("xsconsole");
    }

    @Test
    void updateWaitsTenSecondsForACheck() {
        start(bare().packages(UpdateSet.NOTHING));
        starts(0, "check_update");
        advance(Duration.ofSeconds(1));

        assertThat(answer(update(0)).get("stdout").stringValue()).contains("xsconsole");
    }

    @Test
    void updateGivesUpWhenTheOtherTakesLonger() {
        start(bare());
        simulator().inject(fault(FaultKind.PLUGIN_BUSY));

        var refused = plugin(0, "update", Duration.ofSeconds(20), Map.of());

        assertThat(errorInfo(refused)).startsWith("-1", "The updater plugin is busy (current operation: check_update)");
        assertThat(actionsOn(0)).isEmpty();
        advance(CHECK);
        assertThat(missing(0)).isEmpty();
    }

    @Test
    void secondUpdateIsRefusedAtOnce() {
        start(bare());
        starts(0, "update");
        advance(Duration.ofSeconds(1));

        var refused = plugin(0, "update", Duration.ofSeconds(1), Map.of());

        assertThat(errorInfo(refused)).startsWith("-1", "Update already in progress");
    }

    @Test
    void packageManagerFailsAndNothingIsInstalled() {
        start(bare().packages(UpdateSet.NOTHING));
        simulator().inject(fault(FaultKind.APPLY_FAILS));

        var failed = update(0);

        assertThat(errorInfo(failed).get(0)).isEqualTo("1");
        assertThat(errorInfo(failed).get(1))
                .startsWith("Command '['yum', 'update'")
                .endsWith("failed with code: 1");
        assertThat(missing(0)).containsExactly("xsconsole");
    }

    @Test
    void mirrorsMayHaveMoreWhenTheUpdateBegins() {
        start(bare().packages(UpdateSet.NOTHING)
                .offering("kernel-5-2.x86_64", kernel -> kernel.before("5-1").later()));
        assertThat(missing(0)).containsExactly("xsconsole");
        simulator().inject(fault(FaultKind.UPDATES_CHANGE));

        assertThat(answer(update(0)).get("stdout").stringValue()).contains("kernel.x86_64 0:5-2");
        assertThat(missing(1)).containsExactly("xsconsole", "kernel");
    }

    /** The toolstack does not come back with an answer, but the process does its work. */
    @Test
    void updateGoesOnWhileTheToolstackRestarts() {
        start(bare().packages(UpdateSet.NOTHING));
        var task = starts(1, "update");
        advance(Duration.ofSeconds(10));

        client().call("host.restart_agent", client().host(1));
        advance(TOOLSTACK);
        assertThat(task(task).get("status").stringValue()).isEqualTo("cancelled");
        assertThat(errorInfo(plugin(1, "update", Duration.ofSeconds(1), Map.of())))
                .startsWith("-1", "Update already in progress");
        advance(UPDATE);

        assertThat(missing(1)).isEmpty();
    }

    @Test
    void bootEndsTheUpdateAndItsLock() {
        start(bare().packages(UpdateSet.NOTHING));
        starts(1, "update");
        advance(Duration.ofSeconds(10));

        reboot(1);

        assertThat(missing(1)).containsExactly("xsconsole");
    }

    @Test
    void functionThatIsNotSimulatedIsUnknown() {
        start(bare());

        assertThat(client().failure("host.call_plugin", client().host(0), "updater.py", "get_proxies", Map.of()))
                .containsExactly("UNKNOWN_XENAPI_PLUGIN_FUNCTION", "get_proxies");
    }

    @Test
    void otherProductsDoNotHaveThePlugin() {
        start(Scenario.pool("citrix"));

        assertThat(client().failure("host.call_plugin", client().host(0), "updater.py", "update", Map.of()))
                .containsExactly("XENAPI_MISSING_PLUGIN", "updater.py");
    }

    @ParameterizedTest
    @EnumSource(
            value = UpdateSet.class,
            names = {"LIVE", "FAILS"})
    void setsOfLivePatchesAreRefused(UpdateSet set) {
        assertThatThrownBy(() -> Scenario.generatedXcpNg(1, 1, 0, set))
                .isInstanceOf(InvalidScenario.class)
                .hasMessageContaining("no live patches");
    }

    @Test
    void hostsBeginWithWhatTheScenarioSays() {
        start(bare().offering("sm-3-2.x86_64", sm -> sm.before("3-1").installedOn(1)));

        assertThat(Stream.of(0, 1).map(this::missing)).containsExactly(List.of("sm"), List.of());
    }
}
