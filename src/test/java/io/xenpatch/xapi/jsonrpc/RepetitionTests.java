package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent again and what is not. */
class RepetitionTests {
    private static final HostUuid HOST = new HostUuid(new UUID(0, 1));
    private static final String REBOOT = "Async.host.reboot";
    private static final String DISABLE = "Async.host.disable";
    private static final String LOGIN = "session.login_with_password";

    private final ScriptedTransport server = new ScriptedTransport().answers("host.get_by_uuid", "OpaqueRef:host");

    private XapiPool pool(HostPin... pins) {
        var properties = new XapiProperties(Duration.ofSeconds(2), Duration.ofSeconds(3), false);
        var access = new PoolAccess(
                new Endpoint("first", 443, true), new Credentials("root", "secret"), List.of(pins), null);
        return new JsonRpcConnections(server, properties).open(access);
    }

    private static HostPin pin(int number, String address) {
        return new HostPin(new HostUuid(new UUID(0, number)), new Endpoint(address, 443, true), "a".repeat(64));
    }

    private static XapiFailure unreachable() {
        return new XapiFailure.Unreachable("nobody there");
    }

    private static XapiFailure lost() {
        return new XapiFailure.AnswerLost("cut off");
    }

    @Test
    void whatIsDoneOnceIsNotRepeatedEvenWhenItWasNotSent() {
        server.fails(REBOOT, unreachable());

        assertThatThrownBy(() -> pool().hosts().reboot(HOST)).isInstanceOf(XapiFailure.Unreachable.class);

        assertThat(server.count(REBOOT)).isEqualTo(1);
    }

    @Test
    void whatIsDoneOnceIsNotRepeatedWhenItsAnswerIsLost() {
        server.fails(REBOOT, lost());

        assertThatThrownBy(() -> pool().hosts().reboot(HOST)).isInstanceOf(XapiFailure.AnswerLost.class);

        assertThat(server.count(REBOOT)).isEqualTo(1);
    }

    @Test
    void whatTwiceIsLikeOnceIsRepeatedOnlyWhenItWasNotSent() {
        server.fails(DISABLE, unreachable()).fails(DISABLE, unreachable()).answers(DISABLE, "OpaqueRef:task");
        assertThat(pool().hosts().disable(HOST)).isEqualTo(new XapiTaskRef("OpaqueRef:task"));
        assertThat(server.count(DISABLE)).isEqualTo(3);

        server.fails("Async.host.enable", lost());
        assertThatThrownBy(() -> pool().hosts().enable(HOST)).isInstanceOf(XapiFailure.AnswerLost.class);
        assertThat(server.count("Async.host.enable")).isEqualTo(1);
    }

    @Test
    void readIsTriedThreeTimes() {
        server.fails("host.get_servertime", lost());

        assertThatThrownBy(() -> pool().hosts().serverTime(HOST)).isInstanceOf(XapiFailure.AnswerLost.class);

        assertThat(server.count("host.get_servertime")).isEqualTo(3);
    }

    @Test
    void twoLostAnswersMeanThatTheCoordinatorIsLookedForAgain() {
        server.fails("host.get_servertime", lost())
                .fails("host.get_servertime", lost())
                .answers("host.get_servertime", "20261123T01:25:14Z");

        assertThat(pool().hosts().serverTime(HOST)).isNotNull();

        assertThat(server.count(LOGIN)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"SESSION_INVALID, OpaqueRef:session, first", "HOST_IS_SLAVE, second, second"})
    void callThatWasTurnedAwayBeforeItsDispatchIsSentAgain(String code, String parameter, String host) {
        server.refuses(REBOOT, code, parameter).answers(REBOOT, "OpaqueRef:task");

        assertThat(pool(pin(1, "first"), pin(2, "second")).hosts().reboot(HOST))
                .isEqualTo(new XapiTaskRef("OpaqueRef:task"));

        assertThat(server.sent())
                .containsSubsequence("first:443 " + REBOOT, host + ":443 " + LOGIN, host + ":443 " + REBOOT);
        assertThat(server.count(REBOOT)).isEqualTo(2);
    }

    @Test
    void sessionThatIsNeverValidIsGivenUp() {
        server.refuses(REBOOT, "SESSION_INVALID", "OpaqueRef:session");

        assertThatThrownBy(() -> pool().hosts().reboot(HOST)).isInstanceOf(XapiFailure.Refused.class);

        assertThat(server.count(LOGIN)).isLessThanOrEqualTo(3);
    }

    @Test
    void refusalsAreNotRepeated() {
        server.refuses("host.get_servertime", "HOST_OFFLINE", "OpaqueRef:host");

        assertThatThrownBy(() -> pool().hosts().serverTime(HOST)).isInstanceOf(XapiFailure.Refused.class);

        assertThat(server.count("host.get_servertime")).isEqualTo(1);
    }

    @Test
    void wrongReferenceIsLookedUpAgainOnce() {
        server.refuses("host.get_servertime", "HANDLE_INVALID", "host", "OpaqueRef:host");

        assertThatThrownBy(() -> pool().hosts().serverTime(HOST)).isInstanceOf(XapiFailure.Refused.class);

        assertThat(server.count("host.get_by_uuid")).isEqualTo(2);
        assertThat(server.count("host.get_servertime")).isEqualTo(2);
    }

    @Test
    void switchWasSurelyNotTouchedWhenThePoolsReferenceIsNotTold() {
        server.fails("pool.get_all", lost());

        assertThatThrownBy(() -> pool().pool().setLivePatchingDisabled(true))
                .isInstanceOfSatisfying(
                        XapiFailure.class,
                        failure -> assertThat(failure.mayHaveHappened()).isFalse());

        assertThat(server.count("pool.set_live_patching_disabled")).isZero();
    }

    @Test
    void referencesAndSessionAreKept() {
        server.answers("host.get_servertime", "20261123T01:25:14Z");
        var pool = pool();

        pool.hosts().serverTime(HOST);
        pool.hosts().serverTime(HOST);

        assertThat(server.sent())
                .containsExactly(
                        "first:443 " + LOGIN,
                        "first:443 host.get_by_uuid",
                        "first:443 host.get_servertime",
                        "first:443 host.get_servertime");
    }

    @Test
    void manyCallsAtOnceShareOneLogin() {
        var login = new CompletableFuture<JsonRpcTransport.Response>();
        server.replace(LOGIN, login).answers("host.get_servertime", "20261123T01:25:14Z");
        var pool = pool();

        var calls = IntStream.range(0, 10)
                .mapToObj(
                        number -> CompletableFuture.runAsync(() -> pool.hosts().serverTime(HOST)))
                .toList();
        login.complete(ScriptedTransport.result("session"));

        assertThat(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(5));
        assertThat(server.count(LOGIN)).isEqualTo(1);
    }

    @Test
    void supportersThatPointAtTheCoordinatorThatIsAwayLeadNowhere() {
        server.replace(LOGIN).fails(LOGIN, unreachable()).refuses(LOGIN, "HOST_IS_SLAVE", "first");

        assertThatThrownBy(() -> pool(pin(1, "first"), pin(2, "second"), pin(3, "third"))
                        .hosts()
                        .reboot(HOST))
                .isInstanceOf(XapiFailure.Unreachable.class);

        assertThat(server.sent()).startsWith("first:443 " + LOGIN, "second:443 " + LOGIN, "third:443 " + LOGIN);
    }

    @Test
    void newCoordinatorIsFoundThroughASupporter() {
        server.replace(LOGIN)
                .fails(LOGIN, unreachable())
                .refuses(LOGIN, "HOST_IS_SLAVE", "third")
                .answers(LOGIN, "session")
                .answers(REBOOT, "OpaqueRef:task");
        var pool = pool(pin(1, "first"), pin(2, "second"), pin(3, "third"));

        pool.hosts().reboot(HOST);

        assertThat(server.sent()).endsWith("third:443 " + REBOOT);
        assertThat(pool.access().endpoint().host()).isEqualTo("third");
    }

    @Test
    void supporterThatStillBootsIsPassedOver() {
        server.replace(LOGIN)
                .fails(LOGIN, unreachable())
                .refuses(LOGIN, "HOST_STILL_BOOTING")
                .refuses(LOGIN, "HOST_IS_SLAVE", "fourth")
                .answers(LOGIN, "session")
                .answers(REBOOT, "OpaqueRef:task");

        pool(pin(1, "first"), pin(2, "second"), pin(3, "third"), pin(4, "fourth"))
                .hosts()
                .reboot(HOST);

        assertThat(server.sent())
                .startsWith("first:443 " + LOGIN, "second:443 " + LOGIN, "third:443 " + LOGIN, "fourth:443 " + LOGIN)
                .endsWith("fourth:443 " + REBOOT);
    }

    @Test
    void coordinatorThatIsBackInEmergencyModeIsLookedForAtTheSupporters() {
        server.refuses("host.get_servertime", "HOST_STILL_BOOTING")
                .answers("host.get_servertime", "20261123T01:25:14Z")
                .replace(LOGIN)
                .answers(LOGIN, "session")
                .refuses(LOGIN, "HOST_STILL_BOOTING")
                .answers(LOGIN, "session");
        var pool = pool(pin(1, "first"), pin(2, "second"));
        assertThatThrownBy(() -> pool.hosts().serverTime(HOST)).isInstanceOf(XapiFailure.Refused.class);

        pool.hosts().serverTime(HOST);

        assertThat(server.sent()).endsWith("second:443 " + LOGIN, "second:443 host.get_servertime");
    }

    @Test
    void passwordThatTheCoordinatorRefusesIsNotTriedAtTheOthers() {
        server.replace(LOGIN)
                .fails(LOGIN, unreachable())
                .refuses(LOGIN, "SESSION_AUTHENTICATION_FAILED", "root", "wrong");

        assertThatThrownBy(() -> pool(pin(1, "first"), pin(2, "second"), pin(3, "third"))
                        .hosts()
                        .reboot(HOST))
                .isInstanceOf(XapiFailure.AuthenticationFailed.class);

        assertThat(server.count(LOGIN)).isEqualTo(2);
    }

    @Test
    void supporterThatDoesNotSayWhereItsCoordinatorIsIsPassedOver() {
        server.replace(LOGIN)
                .fails(LOGIN, unreachable())
                .refuses(LOGIN, "HOST_IS_SLAVE")
                .answers(LOGIN, "session")
                .answers(REBOOT, "OpaqueRef:task");

        pool(pin(1, "first"), pin(2, "second"), pin(3, "third")).hosts().reboot(HOST);

        assertThat(server.sent()).endsWith("third:443 " + REBOOT);
    }

    @Test
    void callThatIsTurnedAwayWithoutAnAddressGoesToWhereTheNextLoginLeads() {
        server.refuses(REBOOT, "HOST_IS_SLAVE").answers(REBOOT, "OpaqueRef:task");
        server.replace(LOGIN)
                .answers(LOGIN, "session")
                .refuses(LOGIN, "HOST_IS_SLAVE", "second")
                .answers(LOGIN, "session");

        pool(pin(1, "first"), pin(2, "second")).hosts().reboot(HOST);

        assertThat(server.sent()).endsWith("second:443 " + LOGIN, "second:443 " + REBOOT);
        assertThat(server.count(REBOOT)).isEqualTo(2);
    }

    @Test
    void lateAnswerToAnOldSessionDoesNotLeadBackToTheOldCoordinator() {
        var late = new CompletableFuture<JsonRpcTransport.Response>();
        server.replace("host.get_servertime", late).answers("host.get_servertime", "20261123T01:25:14Z");
        server.refuses(REBOOT, "HOST_IS_SLAVE", "second").answers(REBOOT, "OpaqueRef:task");
        var pool = pool(pin(1, "first"), pin(2, "second"));
        var waits = CompletableFuture.runAsync(() -> pool.hosts().serverTime(HOST));
        await().until(() -> server.count("host.get_servertime") == 1);
        pool.hosts().reboot(HOST);

        late.complete(ScriptedTransport.refusal("HOST_IS_SLAVE", "third"));

        assertThat(waits).succeedsWithin(Duration.ofSeconds(5));
        assertThat(pool.access().endpoint().host()).isEqualTo("second");
    }

    @Test
    void coordinatorThatStillBootsRefuses() {
        server.replace(LOGIN).refuses(LOGIN, "HOST_STILL_BOOTING");

        assertThatThrownBy(() -> pool().hosts().reboot(HOST))
                .isInstanceOfSatisfying(
                        XapiFailure.Refused.class,
                        refused -> assertThat(refused.mayHaveHappened()).isFalse());
        assertThat(server.count(REBOOT)).isZero();
    }

    @Test
    void everyMessageOfThePortHasOneEffect() {
        assertThat(Effects.of("host.reboot")).isEqualTo(Effect.ONCE);
        assertThat(Effects.of("host.disable")).isEqualTo(Effect.IDEMPOTENT);
        assertThatThrownBy(() -> Effects.of("host.destroy")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passwordIsInNoFailure() {
        server.replace(LOGIN).refuses(LOGIN, "SESSION_AUTHENTICATION_FAILED", "root", "secret is wrong");

        assertThatThrownBy(() -> pool().hosts().reboot(HOST))
                .isInstanceOf(XapiFailure.AuthenticationFailed.class)
                .hasMessageNotContaining("secret");
    }
}
