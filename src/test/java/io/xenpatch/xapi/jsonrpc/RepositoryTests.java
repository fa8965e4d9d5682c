package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.ApplyWarnings;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchFailure;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories: what is sent, which session and which host are asked for the list of updates, and what the answers mean. */
class RepositoryTests {
    private static final HostUuid HOST = new HostUuid(new UUID(0, 1));
    private static final String LIST =
            "{\"hosts\":[{\"ref\":\"OpaqueRef:host\",\"guidance\":{}},{\"ref\":\"OpaqueRef:stranger\"}],\"updates\":[],\"hash\":\"abc\"}";
    private static final String PAGE = "<html><body><h1>HTTP 500 internal server error</h1>%s</body></html>";

    private final ScriptedTransport server = new ScriptedTransport()
            .says(
                    "host.get_all_records",
                    "{\"jsonrpc\":\"2.0\",\"result\":{\"OpaqueRef:host\":{\"uuid\":\"" + HOST + "\"}},\"id\":1}");

    private XapiPool open() {
        return new JsonRpcConnections(server, new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), false))
                .open(new PoolAccess(
                        new Endpoint("pool", 443, true), new Credentials("root", "secret"), List.of(), null));
    }

    private XapiFailure failure() {
        var thrown = catchThrowable(() ->
                open().repositories().updates().orTimeout(30, TimeUnit.SECONDS).join());
        assertThat(thrown).isInstanceOf(CompletionException.class);
        assertThat(thrown.getCause()).isInstanceOf(XapiFailure.class);
        return (XapiFailure) Objects.requireNonNull(thrown.getCause());
    }

    private List<String> fetched() {
        return server.sent().stream().filter(each -> each.contains(" GET ")).toList();
    }

    @Test
    void hostsAreNamedByTheirUuidsAndOthersAreLeftOut() {
        server.finds(200, LIST);

        var updates = open().repositories().updates().join();

        assertThat(updates.hash()).isEqualTo("abc");
        assertThat(updates.hosts()).containsOnlyKeys(HOST);
        assertThat(updates.of(HOST)).contains(HostUpdates.NONE);
        assertThat(fetched()).containsExactly("pool:443 GET /updates session_id=session");
    }

    @Test
    void sessionThatIsOverIsRenewed() {
        server.answers("session.login_with_password", "second").finds(401, "").finds(200, LIST);

        open().repositories().updates().join();

        assertThat(fetched())
                .containsExactly("pool:443 GET /updates session_id=session", "pool:443 GET /updates session_id=second");
    }

    @Test
    void pageThatNamesALostSessionLeadsToANewOneToo() {
        server.answers("session.login_with_password", "second")
                .finds(500, PAGE.formatted("SESSION_INVALID: [ OpaqueRef:x ]"))
                .finds(200, LIST);

        open().repositories().updates().join();

        assertThat(fetched()).hasSize(2).last().asString().endsWith("second");
    }

    @Test
    void redirectIsFollowedWithALoginThereAndAtTheOwnPort() {
        server.finds(302, "https://other:8443/updates?session_id=x", "").finds(200, LIST);

        open().repositories().updates().join();

        assertThat(fetched())
                .containsExactly(
                        "pool:443 GET /updates session_id=session", "other:443 GET /updates session_id=session");
        assertThat(server.sent()).contains("other:443 session.login_with_password");
    }

    @Test
    void supporterThatNamesItsCoordinatorInAPageIsLeft() {
        server.finds(500, PAGE.formatted("HOST_IS_SLAVE: [ other ]")).finds(200, LIST);

        open().repositories().updates().join();

        assertThat(fetched()).hasSize(2).last().asString().startsWith("other:443 ");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "404, NO_REPOSITORY_ENABLED: [  ], NO_REPOSITORY_ENABLED, ''",
        "404, INVALID_UPDATEINFO_XML: [  ], INVALID_UPDATEINFO_XML, ''",
        "404, '', GET_UPDATES_FAILED, ''",
        "403, HTTP 403 forbidden, RBAC_PERMISSION_DENIED, ''",
        "500, GET_HOST_UPDATES_FAILED: [ OpaqueRef:h ], GET_HOST_UPDATES_FAILED, OpaqueRef:h",
        "500, HOST_STILL_BOOTING: [  ], HOST_STILL_BOOTING, ''"
    })
    void errorOfTheServerIsRefusedOnceWithItsCode(int status, String words, String code, String parameter) {
        server.finds(status, PAGE.formatted(words));

        assertThat(failure()).isInstanceOfSatisfying(XapiFailure.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.parameters()).isEqualTo(parameter.isEmpty() ? List.of() : List.of(parameter));
        });
        assertThat(fetched()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"500", "503", "400", "204"})
    void anyOtherStatusIsALostAnswerAndAskedForAgain(int status) {
        server.finds(status, "<html><body><h1>Please wait</h1></body></html>");

        assertThat(failure()).isInstanceOf(XapiFailure.AnswerLost.class).hasMessageContaining("HTTP " + status);
        assertThat(fetched()).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {"<html>", "''", "[]", "{}", "{\"hosts\":[]}", "{\"hash\":1}", "{\"hash\":\"x\"", "{\"hosts\":["})
    void anythingButAListIsALostAnswer(String body) {
        server.finds(200, body);

        assertThat(failure()).isInstanceOf(XapiFailure.AnswerLost.class).hasMessageContaining("GET /updates");
    }

    @Test
    void sessionThatIsNeverAcceptedIsAFailureWithoutTheSession() {
        server.finds(401, "");

        assertThat(failure())
                .isInstanceOfSatisfying(
                        XapiFailure.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("SESSION_INVALID"))
                .message()
                .doesNotContain("session_id");
        assertThat(fetched()).hasSize(3);
    }

    @Test
    void poolIsToldToSynchroniseWithWhatEveryVersionTakes() {
        server.says("pool.get_all", "{\"jsonrpc\":\"2.0\",\"result\":[\"OpaqueRef:pool\"],\"id\":1}")
                .answers("Async.pool.sync_updates", "OpaqueRef:task");

        assertThat(open().repositories().synchronise(true)).isEqualTo(new XapiTaskRef("OpaqueRef:task"));

        assertThat(server.parameters("Async.pool.sync_updates")).isEqualTo("[\"session\",\"OpaqueRef:pool\",true]");
    }

    @Test
    void hostIsUpdatedToTheHashThatWasDecidedOn() {
        server.answers("host.get_by_uuid", "OpaqueRef:host").answers("Async.host.apply_updates", "OpaqueRef:task");

        assertThat(open().repositories().apply(HOST, "abc")).isEqualTo(new XapiTaskRef("OpaqueRef:task"));

        assertThat(server.parameters("Async.host.apply_updates")).isEqualTo("[\"session\",\"OpaqueRef:host\",\"abc\"]");
    }

    static Stream<Arguments> answersOfApply() {
        var xen = "{ \"component\": \"xen\", \"base_build_id\": \"9d\" }";
        var kernel = "{\n  \"component\": \"kernel\"\n}";
        return Stream.of(
                Arguments.of("nothing", "", ApplyWarnings.NONE),
                Arguments.of("a void value", "<value></value>", ApplyWarnings.NONE),
                Arguments.of("an empty set", set(), ApplyWarnings.NONE),
                Arguments.of("an empty warning", set(set()), ApplyWarnings.NONE),
                Arguments.of(
                        "a live patch that failed",
                        set(set(text("APPLY_LIVEPATCH_FAILED"), text(xen))),
                        new ApplyWarnings(List.of(new LivePatchFailure("xen", xen)), Set.of())),
                Arguments.of(
                        "two of them",
                        set(
                                set(text("APPLY_LIVEPATCH_FAILED"), text(xen)),
                                set(text("APPLY_LIVEPATCH_FAILED"), text(kernel))),
                        new ApplyWarnings(
                                List.of(new LivePatchFailure("xen", xen), new LivePatchFailure("kernel", kernel)),
                                Set.of())),
                Arguments.of(
                        "one that is not described",
                        set(set(text("APPLY_LIVEPATCH_FAILED"))),
                        new ApplyWarnings(List.of(new LivePatchFailure("", "")), Set.of())),
                Arguments.of(
                        "one whose description can't be read",
                        set(set(text("APPLY_LIVEPATCH_FAILED"), text("{\"component"))),
                        new ApplyWarnings(List.of(new LivePatchFailure("", "{\"component")), Set.of())),
                Arguments.of(
                        "what servers before 24.10 ask for",
                        set(set(text("UPDATES_REQUIRE_RECOMMENDED_GUIDANCE"))),
                        new ApplyWarnings(List.of(), Set.of("UPDATES_REQUIRE_RECOMMENDED_GUIDANCE"))));
    }

    private static String set(String... values) {
        return "<value><array><data>" + String.join("", values) + "</data></array></value>";
    }

    private static String text(String text) {
        return "<value>" + text.replace("<", "&lt;") + "</value>";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersOfApply")
    void resultOfAnUpdateIsRead(String what, String result, ApplyWarnings warnings) {
        assertThat(open().repositories().warnings(new XapiTask.Succeeded(result)))
                .as(what)
                .isEqualTo(warnings);
        assertThat(warnings.requiresRecommendedGuidance()).isEqualTo(what.startsWith("what servers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<value>ok</value>", "<value><array><data>", "no XML"})
    void anythingElseIsNoResultOfAnUpdate(String result) {
        assertThatExceptionOfType(XapiFailure.AnswerLost.class)
                .isThrownBy(() -> open().repositories().warnings(new XapiTask.Succeeded(result)));
    }
}
