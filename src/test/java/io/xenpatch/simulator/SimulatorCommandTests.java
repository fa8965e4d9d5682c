package io.xenpatch.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.model.Profile;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The command line, and which addresses and certificates it serves. */
class SimulatorCommandTests extends SimulatorTest {

    static String fingerprint(X509Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --speed 1                                          | --port
            --port 9443                                        | --speed
            --port x --speed 1                                 | --port takes a number
            --port 70000 --speed 1                             | 65535
            --port 9443 --speed 0                              | --speed
            --port 9443 --speed fast                           | fast
            --port 9443 --speed 1 --colour red                 | --colour
            --port 9443 --speed 1 --hosts                      | needs a value
            --port 9443 --speed 1 --hosts 0                    | --hosts
            --port 9443 --speed 1 --scenario a.yaml --pools 2  | either
            --port 9443 --speed 1 --scenario nowhere.yaml      | nowhere.yaml
            --port 9443 --speed 1 --channel pigeon             | pool-update or repository or xcp-ng
            --port 9443 --speed 1 --update-set LIVE            | needs --channel repository or xcp-ng
            --port 9443 --speed 1 --channel xcp-ng --update-set LIVE   | XCP-ng has no live patches
            --port 9443 --speed 1 --channel xcp-ng --update-set FAILS  | REBOOT or TOOLSTACK or NOTHING, not FAILS
            --port 9443 --speed 1 --channel repository --update-set X | There is no update set X
            --port 9443 --speed 1 --scenario a.yaml --channel repository | either
            """)
    void refusesBadArgumentsWithOneSentence(String arguments, String told) {
        var err = new ByteArrayOutputStream();

        var code = SimulatorCommand.run(
                arguments.split(" ", -1),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(err, true, UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(told);
        assertThat(err.toString(UTF_8).lines()).hasSize(1);
    }

    @Test
    void channelAndUpdateSetSayWhatGeneratedPoolsAre() {
        String[] args = {"--port", "9443", "--speed", "1", "--channel", "repository", "--update-set", "REBOOT"};

        var pool = SimulatorOptions.parse(args).toScenario().pools().get(0);

        assertThat(pool.profile()).isEqualTo(Profile.XENSERVER_8);
        assertThat(pool.repositories()).extracting(RepositoryScenario::name).containsExactly("REBOOT");
        assertThat(pool.updates()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', kernel", "REBOOT, kernel", "TOOLSTACK, xapi-core", "NOTHING, xsconsole"})
    void xcpNgPoolsAreOfferedPackages(String set, String first) {
        var args = new ArrayList<>(List.of("--port", "9443", "--speed", "1", "--channel", "xcp-ng"));
        if (!set.isEmpty()) {
            args.addAll(List.of("--update-set", set));
        }

        var pool = SimulatorOptions.parse(args.toArray(String[]::new))
                .toScenario()
                .pools()
                .get(0);

        assertThat(pool.profile()).isEqualTo(Profile.XCP_NG_8_3);
        assertThat(pool.packages().get(0).rpm().name()).isEqualTo(first);
        assertThat(pool.repositories()).isEmpty();
        assertThat(pool.updates()).isEmpty();
    }

    @Test
    void refusesATakenPort() throws IOException {
        var err = new ByteArrayOutputStream();
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            var code = SimulatorCommand.run(
                    new String[] {"--port", String.valueOf(taken.getLocalPort()), "--speed", "1"},
                    new PrintStream(new ByteArrayOutputStream()),
                    new PrintStream(err, true, UTF_8));

            assertThat(code).isEqualTo(2);
        }
        assertThat(err.toString(UTF_8)).contains("can't listen");
    }

    @Test
    void printsALineAPoolAndThenReady() throws Exception {
        int port;
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        var pipe = new PipedInputStream(1 << 16);
        var out = new PrintStream(new PipedOutputStream(pipe), true, UTF_8);
        String[] args = {"--port", String.valueOf(port), "--speed", "10", "--hosts", "2", "--vms", "1"};
        var command = new Thread(() -> SimulatorCommand.run(args, out, System.err));
        command.setDaemon(true);
        command.start();
        var lines = new ArrayList<String>();
        var reader = new BufferedReader(new InputStreamReader(pipe, UTF_8));
        while (lines.size() < 2) {
            lines.add(reader.readLine());
        }

        var pool = JsonMapper.builder().build().readValue(lines.get(0), PoolDescription.class);
        var client = SimulatedClient.of(pool);
        command.interrupt();

        assertThat(lines.get(1)).isEqualTo("{\"ready\":true}");
        assertThat(pool.address()).isEqualTo("127.0.0.1:" + port);
        assertThat(pool.tlsFingerprint()).matches("[0-9a-f]{64}").isEqualTo(fingerprint(client.certificate()));
        assertThat(pool.hosts())
                .extracting(PoolDescription.HostDescription::address)
                .containsExactly("127.0.0.1", "127.0.0.2");
        command.join(10_000);
    }

    @Test
    void hostsHaveTheirOwnCertificatesWhenAsked() throws Exception {
        start(
                Scenario.of(Scenario.pool("certificates").hosts(3)),
                SimulatorSettings.atSpeed(1).withDistinctCertificates());
        var seen = new HashSet<String>();
        for (var address : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
            var each = new SimulatedClient(pool(), address);
            each.raw("host.get_all", "x");
            seen.add(fingerprint(each.certificate()));
        }

        assertThat(seen).hasSize(3).contains(pool().tlsFingerprint());
        assertThat(client().text("host.get_server_certificate", client().host(1)))
                .isNotEqualTo(client().text("host.get_server_certificate", client().host(0)));
    }

    @Test
    void onlyCoordinatorsListenWhenAsked() {
        start(
                Scenario.of(Scenario.pool("quiet").hosts(2)),
                SimulatorSettings.atSpeed(1).onlyCoordinators());
        var supporter = new SimulatedClient(pool(), "127.0.0.2");

        org.assertj.core.api.Assertions.assertThatThrownBy(supporter::login)
                .isInstanceOf(SimulatedClient.Unreachable.class);
    }

    @Test
    void speaksPlainHttpWhenAsked() {
        start(Scenario.of(Scenario.pool("plain")), SimulatorSettings.atSpeed(1).overPlainHttp());

        assertThat(pool().tlsFingerprint()).isEmpty();
        assertThat(client().call("host.get_all").size()).isEqualTo(1);
    }

    @Test
    void manyHostsGoOnInTheNextBlock() {
        start(
                Scenario.of(Scenario.pool("many").hosts(252)),
                SimulatorSettings.atSpeed(1).overPlainHttp());

        assertThat(pool().hosts().get(249).address()).isEqualTo("127.0.0.250");
        assertThat(pool().hosts().get(251).address()).isEqualTo("127.0.1.2");
        assertThat(new SimulatedClient(pool(), "127.0.1.2")
                        .raw("host.get_all", "x")
                        .toString())
                .contains("HOST_IS_SLAVE");
    }
}
