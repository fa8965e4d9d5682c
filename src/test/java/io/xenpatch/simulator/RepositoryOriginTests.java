package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where repositories come from, and which may be used together: {@code oracle-misc.json} and xapi.md §7.1, §7.2. */
class RepositoryOriginTests extends RepositoryTest {
    private static final String REMOTE_POOL = "https://192.0.2.7/repository/enabled";

    /** Suite {@code repository_introduce}; number 0 to 3 and 6 are about another repository that exists. */
    @ParameterizedTest(name = "repository_introduce {0}")
    @CsvSource({
        "0, remote, n, https://other.example/u, REPOSITORY_ALREADY_EXISTS",
        "1, bundle, n, '', REPOSITORY_ALREADY_EXISTS",
        "2, remote_pool, n, https://1.1.1.1/repository/enabled, REPOSITORY_ALREADY_EXISTS",
        "3, remote, m, https://repository.example/u, REPOSITORY_ALREADY_EXISTS",
        "6, bundle, another, '', BUNDLE_REPOSITORY_ALREADY_EXISTS"
    })
    void refusesWhatThePoolHasAlready(int number, String origin, String name, String url, String error) {
        start(bare());
        var a = introduce("remote", "n", "https://repository.example/u");
        var bundle = introduce("bundle", "bundle", "");

        assertThat(client().failure(method(origin), parameters(origin, name, url)))
                .containsExactly(error, number == 6 ? bundle : a);
    }

    @ParameterizedTest(name = "repository_introduce {0}")
    @CsvSource({
        "7, http://1.1.1.1/repository/enabled",
        "8, https://1.1.1.257/repository/enabled",
        "9, https://test.com/repository/enabled",
        "10, https://1.1.1.1/other",
        "11, https://1.1.1.1",
        "12, non-url"
    })
    void refusesAnAddressThatIsNoPool(int number, String url) {
        start(bare());

        assertThat(client().failure(method("remote_pool"), parameters("remote_pool", "n", url)))
                .containsExactly("INVALID_BASE_URL", url);
    }

    @ParameterizedTest(name = "repository_introduce {0}")
    @CsvSource({"4, ../some-file", "5, some.file"})
    void refusesAKeyThatIsNoPlainFileName(int number, String path) {
        start(bare());

        assertThat(client().failure("Repository.introduce", "n", "", "https://repository.example/u", "", true, path))
                .containsExactly("INVALID_GPGKEY_PATH", path);
    }

    @ParameterizedTest(name = "pool_set_repositories {0}")
    @MethodSource("together")
    void usesABundleOrAnotherPoolsRepositoryOnlyAlone(String origins, JsonNode row) {
        start(bare());
        var wanted = words(row.get("enable")).stream()
                .map(origin -> introduce(origin, origin, url(origin)))
                .toList();

        if (row.get("ok").booleanValue()) {
            client().call("pool.set_repositories", poolRef(), wanted);
            assertThat(words(client().call("pool.get_repositories", poolRef()))).isEqualTo(wanted);
        } else {
            assertThat(client().failure("pool.set_repositories", poolRef(), wanted))
                    .containsExactly(row.get("error").stringValue());
            assertThat(words(client().call("pool.get_repositories", poolRef()))).isEmpty();
        }
    }

    @ParameterizedTest(name = "pool_add_repository {0}")
    @MethodSource("added")
    void addsNoneBesideABundleOrAnotherPoolsRepository(String origins, JsonNode row) {
        start(bare());
        var enabled = row.get("enabled").stringValue();
        var more = row.get("add").stringValue();
        client().call("pool.add_repository", poolRef(), introduce(enabled, enabled, url(enabled)));

        assertThat(client().failure("pool.add_repository", poolRef(), introduce(more, more, url(more))))
                .containsExactly(row.get("error").stringValue());
    }

    @ParameterizedTest(name = "pool_set_update_sync_enabled {0}")
    @MethodSource("periodic")
    void synchronisesByItselfOnlyFromAServer(String origin, JsonNode row) {
        start(bare());
        client().call("pool.add_repository", poolRef(), introduce(origin, origin, url(origin)));

        if (row.get("error").isNull()) {
            client().call("pool.set_update_sync_enabled", poolRef(), true);
        } else {
            assertThat(client().failure("pool.set_update_sync_enabled", poolRef(), true))
                    .containsExactly(row.get("error").stringValue());
        }
    }

    @Test
    void bundleIsNotSynchronisedButHoldsWhatWasUploaded() {
        start(pool(repository ->
                UpdateSets.fill(repository, UpdateSet.REBOOT).bundle().synchronised()));

        assertThat(client().text("Repository.get_origin", repository())).isEqualTo("bundle");
        assertThat(client().failure("pool.sync_updates", poolRef(), false)).containsExactly("CAN_NOT_SYNC_UPDATES");
        assertThat(words(updatesOf(0).get("updates"))).containsExactly("UPDATE-REBOOT");
        assertThat(applied(0)).isEqualTo("<value><array><data></data></array></value>");
    }

    @Test
    void repositoryOfAnotherPoolIsSynchronisedWhereThatPoolIsThere() {
        start(pool(repository ->
                UpdateSets.fill(repository, UpdateSet.REBOOT).remotePool().url(REMOTE_POOL)));

        runWell(SYNC, "pool.sync_updates", poolRef(), false, "", "", "root", "secret");
        assertThat(words(updatesOf(0).get("updates"))).containsExactly("UPDATE-REBOOT");

        client().call(
                        "pool.set_repositories",
                        poolRef(),
                        List.of(introduce("remote_pool", "away", url("remote_pool"))));
        assertThat(errorInfo(run(SYNC, "pool.sync_updates", poolRef(), false)))
                .containsExactly("UPDATE_SYNCING_REMOTE_POOL_COORDINATOR_CONNECTION_FAILED");
    }

    @Test
    void scenarioKeepsToTheSameRules() {
        assertThatThrownBy(() -> start(pool(RepositoryScenario::bundle).repository(UpdateSet.LIVE)))
                .isInstanceOf(InvalidScenario.class);
        assertThatThrownBy(() -> start(pool(repository -> repository.bundle().disabled())
                        .repository("second", repository -> repository.bundle().disabled())))
                .isInstanceOf(InvalidScenario.class);
        start(pool(repository -> repository.bundle().disabled()).repository(UpdateSet.LIVE));
        assertThat(updatesOf(0).get("updates").size()).isEqualTo(2);
    }

    static Stream<Arguments> together() {
        return rows("pool_set_repositories")
                .map(row -> Arguments.of(row.get("enable").toString(), row));
    }

    static Stream<Arguments> added() {
        return rows("pool_add_repository").map(row -> Arguments.of(row.get("enabled") + " " + row.get("add"), row));
    }

    static Stream<Arguments> periodic() {
        return rows("pool_set_update_sync_enabled")
                .map(row -> Arguments.of(row.get("enabled").stringValue(), row));
    }

    private static Stream<JsonNode> rows(String suite) {
        var file = Path.of("src/test/resources/oracle-misc.json").toFile();
        return JsonMapper.shared().readTree(file).get(suite).valueStream();
    }

    private String introduce(String origin, String name, String url) {
        return client().text(method(origin), parameters(origin, name, url));
    }

    private static String method(String origin) {
        return switch (origin) {
            case "bundle" -> "Repository.introduce_bundle";
            case "remote_pool" -> "Repository.introduce_remote_pool";
            default -> "Repository.introduce";
        };
    }

    private static Object[] parameters(String origin, String name, String url) {
        var all = new ArrayList<Object>(List.of(name, ""));
        switch (origin) {
            case "remote" -> all.addAll(List.of(url, "", true));
            case "remote_pool" -> all.addAll(List.of(url, "-----BEGIN CERTIFICATE-----"));
            default -> {
                // a bundle is nowhere
            }
        }
        return all.toArray();
    }

    private static String url(String origin) {
        return switch (origin) {
            case "bundle" -> "";
            case "remote_pool" -> "https://1.1.1.1/repository/enabled";
            default -> "https://repository.example/u";
        };
    }
}
