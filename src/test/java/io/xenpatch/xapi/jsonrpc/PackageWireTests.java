package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.InstallationNote;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.PackageUpdate;
import io.xenpatch.xen.UpdaterRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Packages of XCP-ng over the wire: asked for, installed, noted. */
class PackageWireTests extends AdapterTest {

    private static PoolScenario pool(UpdateSet set) {
        return Scenario.pool("xcp").profile(Profile.XCP_NG_8_3).hosts(2).packages(set);
    }

    private List<PackageUpdate> missing(XapiPool pool, int host) {
        return pool.packages().missing(succeeded(pool, pool.packages().checkUpdate(host(host))));
    }

    private void note(XapiPool pool, int host, InstallationNote note) {
        note.entries().forEach((key, value) -> pool.packages().write(host(host), key, value));
    }

    private XapiTask.Failed failed(XapiTask task) {
        assertThat(task).isInstanceOf(XapiTask.Failed.class);
        return (XapiTask.Failed) task;
    }

    private static UpdaterRefusal refusal(XapiTask.Failed failed) {
        return UpdaterRefusal.of(failed.code(), failed.parameters());
    }

    @Test
    void poolIsOnTheChannelOfXcpNg() {
        start(pool(UpdateSet.NOTHING));

        assertThat(open().pool().observe().channel()).isEqualTo(Channel.XCP_NG);
    }

    @Test
    void tellsWhatAHostLacks() {
        start(pool(UpdateSet.REBOOT));
        var pool = open();

        var missing = missing(pool, 1);

        assertThat(missing).extracting(PackageUpdate::name).containsExactly("kernel", "xsconsole");
        var kernel = missing.get(0);
        assertThat(kernel.version() + "-" + kernel.release()).isEqualTo("4.19.19-8.0.44.1.xcpng8.3");
        assertThat(kernel.size()).isPositive();
        assertThat(Objects.requireNonNull(kernel.change()).text()).isNotEmpty();
        assertThat(missing.get(1).change()).isNull();
    }

    @Test
    void installsWhatAHostLacksAndNoOtherHosts() {
        start(pool(UpdateSet.TOOLSTACK));
        var pool = open();

        var installed =
                pool.packages().installed(succeeded(pool, pool.packages().update(host(0))));

        assertThat(installed.names()).containsExactly("xapi-core", "xsconsole");
        assertThat(missing(pool, 0)).isEmpty();
        assertThat(missing(pool, 1)).hasSize(2);
    }

    @Test
    void updateOfAHostThatHasEverythingInstallsNothing() {
        start(pool(UpdateSet.NOTHING));
        var pool = open();
        succeeded(pool, pool.packages().update(host(0)));

        var again = pool.packages().installed(succeeded(pool, pool.packages().update(host(0))));

        assertThat(again.names()).isEmpty();
    }

    @Test
    void busyPluginIsAFailureThatIsRecognised() {
        start(pool(UpdateSet.NOTHING));
        var pool = open();
        inject(FaultKind.PLUGIN_BUSY, "host.call_plugin");

        var failed = failed(finished(pool, pool.packages().checkUpdate(host(0))));

        assertThat(failed.code()).isEqualTo("-1");
        assertThat(refusal(failed)).isEqualTo(UpdaterRefusal.BUSY);
    }

    @Test
    void packageManagerThatFailsIsAFailure() {
        start(pool(UpdateSet.NOTHING));
        var pool = open();
        inject(FaultKind.APPLY_FAILS, "host.call_plugin");

        var failed = failed(finished(pool, pool.packages().update(host(0))));

        assertThat(failed.code()).isEqualTo("1");
        assertThat(refusal(failed)).isEqualTo(UpdaterRefusal.FAILED);
        assertThat(missing(pool, 0)).hasSize(1);
    }

    @Test
    void hostWithoutThePluginSaysSo() {
        start(Scenario.pool("xenserver").profile(Profile.XENSERVER_8));
        var pool = open();

        assertThat(refusal(failed(finished(pool, pool.packages().checkUpdate(host(0))))))
                .isEqualTo(UpdaterRefusal.NO_PLUGIN);
    }

    @Test
    void notedInstallationIsOwedUntilTheHostHasBooted() {
        start(pool(UpdateSet.REBOOT));
        var pool = open();
        var at = pool.hosts().serverTime(host(1)).plusMillis(250);

        note(pool, 1, new InstallationNote(at, OwedRestart.RESTART_TOOLSTACK));

        var host = pool.hosts().observe(host(1));
        assertThat(host.packagesInstalledAt()).isEqualTo(at);
        assertThat(host.owedForPackages()).isEqualTo(OwedRestart.RESTART_TOOLSTACK);
        note(pool, 1, new InstallationNote(at.plusSeconds(1), OwedRestart.REBOOT_HOST));
        assertThat(pool.pool().observe().host(host(1)).orElseThrow().owedForPackages())
                .isEqualTo(OwedRestart.REBOOT_HOST);
    }

    /** The inventory keeps as much of a host's settings as tells what is owed. */
    @Test
    void mirrorShowsWhatIsOwed() {
        start(pool(UpdateSet.REBOOT));
        var pool = open();
        var mirror = pool.mirror();
        present(mirror);
        note(pool, 0, new InstallationNote(pool.hosts().serverTime(host(0)), OwedRestart.RESTART_TOOLSTACK));

        assertThat(present(mirror).host(host(0)).orElseThrow().owedForPackages())
                .isEqualTo(OwedRestart.RESTART_TOOLSTACK);
    }

    @Test
    void answersAreTheSameWithoutAWire() {
        var virtual = new VirtualPool(Scenario.of(pool(UpdateSet.REBOOT)), Instant.parse("2026-11-23T01:00:00Z"));
        try (var pool = virtual.connect()) {
            var task = pool.packages().checkUpdate(pool.pool().observe().coordinator());
            virtual.advanceTo(virtual.instant().plus(Duration.ofMinutes(1)));

            assertThat(pool.packages().missing((XapiTask.Succeeded) pool.tasks().observe(task)))
                    .hasSize(2);
        }
    }
}
