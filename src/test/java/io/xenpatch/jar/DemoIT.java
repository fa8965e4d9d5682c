package io.xenpatch.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.demo.DemoCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo as a person starts it. */
@NeedsJar
class DemoIT {
    private static final Map<String, String> FREE_PORT = Map.of("SERVER_PORT", "0");
    private static final String STARTING = "Starting one update job on each pool";

    @AutoClose
    private final Jar jar = new Jar(DemoIT.class);

    @Test
    void runsItsJobsAndFindsThemInTheHistoryAtItsNextStart() {
        var data = jar.newDataDirectory();

        var first = jar.start(FREE_PORT, data, "demo", "--exit");
        assertThat(first.exitCode()).as(first.output()).isZero();
        assertTellsHowTheJobsEnded(first);
        assertThat(first.output())
                .contains(STARTING)
                .contains("the pool's own journal: 3 applied, 3 live patched, 0 hosts disabled, 0 VMs moved, 0 reboots")
                .containsPattern("journal: 3 applied, 0 live patched, 3 hosts disabled, \\d+ VMs moved, 3 reboots")
                .contains("the pool's own journal: 1 applied, 0 live patched, 0 hosts disabled, 0 VMs moved, 0 reboots")
                .contains(
                        "the pool's own journal: 3 applied, 6 live patched, 3 hosts disabled, 0 VMs moved, 0 reboots");

        var otherwise = jar.newDataDirectory();
        var second = jar.start(FREE_PORT, otherwise, "demo", "--exit", "--xenpatch.data-directory=" + data);
        assertThat(second.exitCode()).as(second.output()).isZero();
        assertTellsHowTheJobsEnded(second);
        assertThat(second.output())
                .contains(Stream.of("production", "legacy", "branch", "cloud", "edge")
                        .map(pool -> "The history has a job on " + pool + " already")
                        .toList())
                .doesNotContain(STARTING, "Assessed", "journal");

        assertThat(otherwise).doesNotExist();
        assertThat(DatabaseProcess.of(data)).as("database after the end").isEmpty();
    }

    @Test
    void refusesABusyPortWithOneSentence() throws IOException {
        var data = jar.newDataDirectory();
        try (var busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = String.valueOf(busy.getLocalPort());

            var demo = jar.start(Map.of("SERVER_PORT", port), data, "demo");

            assertRefuses(demo, "127.0.0.1:" + port);
        }
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --fast              | --fast
            --server.port=70000 | 70000
            """)
    void refusesArgumentsThatItDoesNotKnowWithOneSentence(String argument, String named) {
        var data = jar.newDataDirectory();

        assertRefuses(jar.start(FREE_PORT, data, "demo", argument), named);

        assertThat(data).doesNotExist();
    }

    private static void assertTellsHowTheJobsEnded(JarProcess demo) {
        assertThat(demo.output())
                .containsPattern("(?m)^  production +3 hosts live patched, 0 reboots: no action required$")
                .containsPattern("(?m)^  legacy +3 reboots: completed$")
                .containsPattern("(?m)^  edge +2 hosts with the toolstack restarted, 0 reboots: completed$")
                .containsPattern("(?m)^  cloud +3 hosts live patched, 0 reboots: completed$")
                .containsPattern(
                        "(?m)^  branch +1 host left for a person, 0 reboots: completed with actions left$\\R +branch-host-1 still needs REBOOT_HOST: LIVE_PATCH_FAILED");
        assertThat(demo.errors()).isEmpty();
    }

    private static void assertRefuses(JarProcess demo, String named) {
        assertThat(demo.exitCode()).isEqualTo(DemoCommand.BAD_ARGUMENTS);
        assertThat(demo.errorLines()).singleElement().asString().contains(named).endsWith(".");
        assertThat(demo.output().lines()).hasSize(1);
    }
}
