package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.simulator.UpdateSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class PoolApiTests {
    private static final String SECRET = "very-secret-9f3";
    private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";

    @Autowired
    private JdbcClient jdbc;

    private final PoolApi api;
    private final Simulator simulator = Simulator.start(
            Scenario.of(
                    Scenario.pool("lab")
                            .hosts(3)
                            .vmsEach(2)
                            .credentials("root", SECRET)
                            .update("LIVE")
                            .update("FAILS"),
                    Scenario.pool("other").credentials("root", SECRET),
                    Scenario.pool("cloud")
                            .xenServer8()
                            .repository(UpdateSet.LIVE)
                            .credentials("root", SECRET)),
            SimulatorSettings.atSpeed(20).withDistinctCertificates());

    PoolApiTests(@Autowired TestHttp http) {
        this.api = new PoolApi(http);
    }

    @BeforeEach
    void forgetAll() {
        jdbc.sql("delete from pool").update();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private PoolDescription lab() {
        return simulator.pool("lab");
    }

    private String uuid() {
        return lab().poolUuid();
    }

    @Test
    void registersAPoolAndShowsIt() {
        var answer = api.register(lab());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.location()).endsWith("/api/v1/pools/" + uuid());
        assertThat(answer.etag()).isEqualTo("\"0\"");
        var pool = answer.body();
        assertThat(pool.path("uuid").asString()).isEqualTo(uuid());
        assertThat(pool.path("name").asString()).isEqualTo("lab");
        assertThat(pool.path("address").asString()).isEqualTo(lab().address());
        assertThat(pool.path("coordinatorUuid").asString())
                .isEqualTo(lab().hosts().get(0).uuid());
        assertThat(pool.at("/connection/state").asString()).isEqualTo("CONNECTED");
        assertThat(pool.at("/connection/tlsFingerprint").asString()).isEqualTo(lab().tlsFingerprint());
        assertThat(pool.path("channel").asString()).isEqualTo("POOL_UPDATE");
        assertThat(pool.path("tlsFingerprints")).hasSize(3);
        assertThat(pool.at("/livePatching/enabled").asBoolean()).isTrue();
        assertThat(pool.at("/livePatching/licensed").asBoolean()).isTrue();
        assertThat(pool.path("haEnabled").asBoolean()).isFalse();
        assertThat(pool.path("hostCount").asInt()).isEqualTo(3);
        assertThat(pool.at("/labels/env").asString()).isEqualTo("test");
        assertThat(api.get("/api/v1/pools/" + uuid()).body().path("name").asString())
                .isEqualTo("lab");
    }

    @Test
    void showsTheRepositoriesOfAPoolThatIsUpdatedFromThem() {
        var repositories = api.register(simulator.pool("cloud")).body().path("repositories");

        assertThat(repositories.at("/known/0/name").asString()).isEqualTo("LIVE");
        assertThat(repositories.at("/known/0/enabled").asBoolean()).isTrue();
        assertThat(repositories.at("/known/0/holdsUpdates").asBoolean()).isTrue();
        assertThat(repositories.at("/known/0/hash").asString()).isNotEmpty();
        assertThat(repositories.path("synchronisedAt").isString()).isTrue();
        assertThat(repositories.path("periodicSync").toString())
                .isEqualTo("{\"enabled\":false,\"frequency\":\"WEEKLY\",\"day\":\"SUNDAY\"}");
        assertThat(api.register(lab()).body().path("repositories").isNull()).isTrue();
    }

    @Test
    void showsHostsVmsAndUpdates() {
        api.register(lab());

        var hosts = api.get("/api/v1/hosts?poolUuid=" + uuid()).body().path("items");
        assertThat(hosts).hasSize(3);
        var coordinator =
                api.get("/api/v1/hosts/" + lab().hosts().get(0).uuid()).body();
        assertThat(coordinator.path("role").asString()).isEqualTo("COORDINATOR");
        assertThat(coordinator.path("live").asBoolean()).isTrue();
        assertThat(coordinator.path("enabled").asBoolean()).isTrue();
        assertThat(coordinator.path("version").asString()).isNotEmpty();
        assertThat(coordinator.path("build").asString()).isNotEmpty();
        assertThat(coordinator.path("updateStatus").asString()).isEqualTo("UPDATES_AVAILABLE");
        assertThat(coordinator.path("runningVms").asInt()).isEqualTo(2);
        assertThat(coordinator.path("lastUpdatedAt").asString()).isNotEmpty();
        assertThat(api.get("/api/v1/hosts/" + lab().hosts().get(0).uuid() + "/vms")
                        .body()
                        .path("items"))
                .hasSize(2);
        var updates = api.get("/api/v1/pools/" + uuid() + "/updates").body().path("items");
        assertThat(names(updates)).containsExactly("FAILS", "LIVE");
        assertThat(updates.get(1).path("guidance").get(0).asString()).isEqualTo("REBOOT_HOST");
        assertThat(updates.get(1).path("livePatch").isNull()).isTrue();
        assertThat(updates.get(1).path("missingOn")).hasSize(3);
        assertThat(updates.get(1).path("appliedOn")).isEmpty();
        assertThat(updates.get(1).path("uploaded").asBoolean()).isTrue();
    }

    @Test
    void filtersHostsAndTurnsPages() {
        api.register(lab());
        api.register(simulator.pool("other"));

        assertThat(api.get("/api/v1/hosts").body().path("items")).hasSize(4);
        assertThat(hosts("updateStatus=UP_TO_DATE")).hasSize(1);
        assertThat(hosts("updateStatus=UPDATES_AVAILABLE")).hasSize(3);
        assertThat(hosts("pendingTask=REBOOT_HOST")).isEmpty();
        assertThat(hosts("label=env=test")).hasSize(4);
        assertThat(hosts("label=env=prod")).isEmpty();
        assertThat(api.get("/api/v1/hosts?updateStatus=NONSENSE").outcome()).startsWith("4");
        assertThat(api.get("/api/v1/hosts?label=env").outcome()).isEqualTo("400 /problems/malformed-request");

        var seen = new HashSet<String>();
        var page = api.get("/api/v1/hosts?limit=3").body();
        page.path("items").forEach(host -> seen.add(host.path("uuid").asString()));
        var rest = api.get("/api/v1/hosts?limit=3&cursor="
                        + page.path("nextCursor").asString())
                .body();
        rest.path("items").forEach(host -> seen.add(host.path("uuid").asString()));
        assertThat(seen).hasSize(4);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(names(api.get("/api/v1/pools").body().path("items"))).containsExactly("lab", "other");
    }

    @Test
    void storesNothingWhenRegistrationFails() throws IOException {
        var address = lab().address();
        long told = count("event");
        long audited = count("audit_event");
        assertThat(api.register(address, "root", "wrong", null).outcome())
                .isEqualTo("422 /problems/pool-authentication-failed");
        var wrong = api.register(address, "root", SECRET, "0a".repeat(32));
        assertThat(wrong.outcome()).isEqualTo("409 /problems/certificate-changed");
        assertThat(wrong.text()).contains(lab().tlsFingerprint());
        assertThat(api.register("http://" + address, "root", SECRET, null).outcome())
                .isEqualTo("422 /problems/validation-failed");
        assertThat(api.register("127.0.0.1:" + closedPort(), "root", SECRET, null)
                        .outcome())
                .isEqualTo("502 /problems/pool-unreachable");
        assertThat(api.register("", "root", SECRET, null).outcome()).isEqualTo("422 /problems/validation-failed");
        assertThat(api.register(address, "root", SECRET, "abc").outcome()).isEqualTo("422 /problems/validation-failed");

        assertThat(count("pool")).isZero();
        assertThat(count("host_inventory")).isZero();
        assertThat(count("pool_watch")).isZero();
        assertThat(count("event")).isEqualTo(told);
        assertThat(count("audit_event")).isEqualTo(audited);
    }

    @Test
    void saysWhenWhatAnswersIsNoPool() throws IOException {
        try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var teller = new Thread(() -> tellNonsense(socket));
            teller.setDaemon(true);
            teller.start();

            assertThat(api.register("127.0.0.1:" + socket.getLocalPort(), "root", SECRET, null)
                            .outcome())
                    .isEqualTo("502 /problems/not-a-pool");
        }
        assertThat(count("pool")).isZero();
    }

    @Test
    void registersAPoolOnlyOnce() {
        api.register(lab());

        var again = api.register(lab());
        assertThat(again.outcome()).isEqualTo("409 /problems/pool-already-registered");
        assertThat(again.body().path("poolUuid").asString()).isEqualTo(uuid());
        assertThat(count("pool")).isEqualTo(1);
    }

    @Test
    void followsASupportersAddressToTheCoordinator() {
        var supporter = lab().hosts().get(1).address()
                + lab().address().substring(lab().address().indexOf(':'));

        var answer = api.register(supporter, "root", SECRET, null);
        assertThat(answer.outcome()).isEqualTo("201");
        assertThat(answer.body().path("uuid").asString()).isEqualTo(uuid());
    }

    @Test
    void givesEventsTheLabelsThatThePoolHasThen() {
        api.register(lab());
        var registered = api.get("/api/v1/pools/" + uuid()).etag();
        var relabelled = api.patch(uuid(), registered, Map.of("labels", Map.of("env", "prod")));
        assertThat(api.delete(uuid(), relabelled.etag()).outcome()).isEqualTo("204");

        assertThat(labelsOf("pool.registered")).isEqualTo("test");
        assertThat(labelsOf("pool.edited")).isEqualTo("prod");
        assertThat(labelsOf("pool.deleted")).isEqualTo("prod");
    }

    private String labelsOf(String type) {
        return jdbc.sql("select labels ->> 'env' from event where type = ? order by id desc limit 1")
                .param(type)
                .query(String.class)
                .single();
    }

    @Test
    void acceptsAFingerprintWithColonsInAnyCase() {
        var colons =
                String.join(":", lab().tlsFingerprint().toUpperCase(Locale.ROOT).split("(?<=\\G..)", -1));

        assertThat(api.register(lab().address(), "root", SECRET, colons.replaceAll(":$", ""))
                        .outcome())
                .isEqualTo("201");
    }

    @Test
    void neverShowsStoresOrLogsTheSecret(CapturedOutput output) {
        var answers = Stream.of(
                        api.register(lab()),
                        api.get("/api/v1/pools"),
                        api.get("/api/v1/pools/" + uuid()),
                        api.register(lab().address(), "root", SECRET + "x", null),
                        api.get("/api/v1/audit-events"))
                .map(PoolApi.Answer::text);

        assertThat(answers).noneMatch(text -> text.contains(SECRET));
        assertThat(output.getAll()).doesNotContain(SECRET);
        assertThat(jdbc.sql("select p::text from pool p").query(String.class).single())
                .doesNotContain(SECRET)
                .contains("v1:");
        assertThat(jdbc.sql("select a::text from audit_event a")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(SECRET));
    }

    @Test
    void changesLabelsOnlyForThoseWhoHaveReadThem() {
        var etag = api.register(lab()).etag();

        assertThat(api.patch(uuid(), null, Map.of("labels", Map.of("env", "prod")))
                        .outcome())
                .isEqualTo("428 /problems/precondition-required");
        assertThat(api.patch(uuid(), "\"77\"", Map.of("labels", Map.of("env", "prod")))
                        .outcome())
                .isEqualTo("412 /problems/precondition-failed");
        var changed = api.patch(uuid(), etag, Map.of("labels", Map.of("env", "prod")));
        assertThat(changed.outcome()).isEqualTo("200");
        assertThat(changed.etag()).isNotEqualTo(etag);
        assertThat(changed.body().at("/labels/env").asString()).isEqualTo("prod");
        assertThat(api.patch(uuid(), etag, Map.of("labels", Map.of())).outcome())
                .isEqualTo("412 /problems/precondition-failed");
    }

    @Test
    void triesANewLoginBeforeItKeepsIt() {
        var etag = api.register(lab()).etag();

        assertThat(api.patch(uuid(), etag, Map.of("password", "wrong")).outcome())
                .isEqualTo("422 /problems/pool-authentication-failed");
        assertThat(api.patch(
                                uuid(),
                                etag,
                                Map.of(
                                        "address",
                                        simulator.pool("other").address(),
                                        "tlsFingerprint",
                                        simulator.pool("other").tlsFingerprint()))
                        .outcome())
                .isEqualTo("422 /problems/validation-failed");
        assertThat(api.send(HttpMethod.POST, "/api/v1/pools/" + uuid() + "/refresh", null, null)
                        .outcome())
                .as("the former login still works")
                .isEqualTo("202");
        assertThat(api.patch(uuid(), etag, Map.of("password", SECRET)).outcome())
                .isEqualTo("200");
    }

    @Test
    void triesANewAddressItselfBeforeItKeepsIt() throws IOException {
        var etag = api.register(lab()).etag();

        assertThat(api.patch(uuid(), etag, Map.of("address", "127.0.0.1:" + closedPort()))
                        .outcome())
                .as("the other hosts of the pool do not answer for it")
                .isEqualTo("502 /problems/pool-unreachable");
        assertThat(api.get("/api/v1/pools/" + uuid()).body().path("address").asString())
                .isEqualTo(lab().address());

        var supporter = lab().address().replace("127.0.0.1", "127.0.0.2");
        var moved = api.patch(uuid(), etag, Map.of("address", supporter));
        assertThat(moved.outcome()).isEqualTo("200");
        assertThat(moved.body().path("address").asString()).isEqualTo(supporter);
        assertThat(moved.body().path("tlsFingerprints")).hasSize(3);
        assertThat(pinnedEndpoints()).as("each host keeps its own").hasSize(3).doesNotHaveDuplicates();
    }

    private List<String> pinnedEndpoints() {
        return jdbc.sql("select pin ->> 'host' from pool, jsonb_array_elements(pins) pin")
                .query(String.class)
                .list();
    }

    @Test
    void switchesLivePatching() {
        api.register(lab());
        long audited = count("audit_event where action = 'pool.live-patching-set'");

        var answer =
                api.send(HttpMethod.PUT, "/api/v1/pools/" + uuid() + "/live-patching", null, Map.of("enabled", false));
        assertThat(answer.outcome()).isEqualTo("200");
        assertThat(answer.body().at("/livePatching/enabled").asBoolean()).isFalse();
        assertThat(api.send(HttpMethod.PUT, "/api/v1/pools/" + uuid() + "/live-patching", null, Map.of())
                        .outcome())
                .isEqualTo("422 /problems/validation-failed");
        assertThat(count("audit_event where action = 'pool.live-patching-set'")).isEqualTo(audited + 1);
    }

    @Test
    void passesOnWhatThePoolRefuses() {
        api.register(lab());
        simulator.inject(Fault.on(uuid(), FaultKind.API_ERROR)
                .forMethod("pool.set_live_patching_disabled")
                .failingWith("RBAC_PERMISSION_DENIED", "pool.set_live_patching_disabled", "no"));

        var answer =
                api.send(HttpMethod.PUT, "/api/v1/pools/" + uuid() + "/live-patching", null, Map.of("enabled", false));
        assertThat(answer.outcome()).isEqualTo("502 /problems/pool-refused");
        assertThat(answer.body().path("xapiError").get(0).asString()).isEqualTo("RBAC_PERMISSION_DENIED");
    }

    @Test
    void forgetsAPool() {
        var etag = api.register(lab()).etag();

        assertThat(api.delete(uuid(), null).outcome()).isEqualTo("428 /problems/precondition-required");
        assertThat(api.delete(uuid(), etag).outcome()).isEqualTo("204");
        assertThat(api.get("/api/v1/pools/" + uuid()).outcome()).isEqualTo("404 /problems/pool-not-found");
        assertThat(api.get("/api/v1/hosts/" + lab().hosts().get(0).uuid()).outcome())
                .isEqualTo("404 /problems/host-not-found");
        for (var table : List.of("pool", "pool_watch", "pool_inventory", "host_inventory", "vm_inventory")) {
            assertThat(count(table)).as(table).isZero();
        }
        assertThat(api.register(lab()).outcome()).as("it can come back").isEqualTo("201");
    }

    @Test
    void saysThatAPoolOrHostIsNotKnown() {
        assertThat(api.get("/api/v1/pools/" + NOWHERE).outcome()).isEqualTo("404 /problems/pool-not-found");
        assertThat(api.get("/api/v1/pools/" + NOWHERE + "/hosts").outcome()).isEqualTo("404 /problems/pool-not-found");
        assertThat(api.get("/api/v1/pools/" + NOWHERE + "/updates").outcome())
                .isEqualTo("404 /problems/pool-not-found");
        assertThat(api.get("/api/v1/hosts/" + NOWHERE + "/vms").outcome()).isEqualTo("404 /problems/host-not-found");
        assertThat(api.delete(NOWHERE, "\"0\"").outcome()).isEqualTo("404 /problems/pool-not-found");
        assertThat(api.get("/api/v1/pools/nonsense").status()).isEqualTo(400);
    }

    private JsonNode hosts(String query) {
        return api.get("/api/v1/hosts?" + query).body().path("items");
    }

    private static List<String> names(JsonNode items) {
        return items.valueStream().map(item -> item.path("name").asString()).toList();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void tellNonsense(ServerSocket socket) {
        try {
            while (true) {
                try (var client = socket.accept()) {
                    client.getOutputStream()
                            .write("220 mail.example.org ESMTP\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // closed at the end of the test
            assertThat(socket.isClosed()).isTrue();
        }
    }
}
