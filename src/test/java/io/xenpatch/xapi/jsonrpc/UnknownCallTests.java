package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.UpdateUuid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Calls that a server does not know, or knows with other parameters: clear failures of which it is certain that nothing happened. */
class UnknownCallTests extends AdapterTest {
    private static final Path MESSAGES = Path.of("src/test/resources/xapi-messages.json");
    private static final String UNKNOWN = "MESSAGE_METHOD_UNKNOWN";

    private static PoolScenario without(String extension) {
        return Scenario.pool("older").update("REBOOT").withoutExtension(extension);
    }

    private UpdateUuid update(XapiPool pool) {
        return pool.pool().observe().updates().get(0).uuid();
    }

    /** Finding 14: the call is accepted, and its task tells which script the host lacks. */
    @Test
    void precheckWithoutItsScriptIsAFailedTaskThatNamesTheMethod() {
        start(without("pool_update.precheck"));
        var pool = open();

        assertThat(finished(pool, pool.poolUpdates().precheck(update(pool), host(0))))
                .isEqualTo(new XapiTask.Failed(UNKNOWN, List.of("pool_update.precheck")));
    }

    /** Finding 14. */
    @Test
    void applyWithoutItsScriptIsAFailedTaskAndNothingIsApplied() {
        start(without("pool_update.apply"));
        var pool = open();

        assertThat(finished(pool, pool.poolUpdates().apply(update(pool), host(0))))
                .isEqualTo(new XapiTask.Failed(UNKNOWN, List.of("pool_update.apply")));
        assertThat(actions()).doesNotContain(JournalAction.APPLY);
    }

    /** Findings 14 and 16: no other try can end in another way, so there is none. */
    @ParameterizedTest
    @CsvSource({
        "MESSAGE_METHOD_UNKNOWN, pool_update.precheck",
        "MESSAGE_REMOVED, ''",
        "MESSAGE_PARAMETER_COUNT_MISMATCH, pool_update.precheck 2 3"
    })
    void callThatTheServerDoesNotTakeIsRefusedOnceAndDidNotHappen(String code, String parameters) {
        var words = parameters.isEmpty() ? new String[0] : parameters.split(" ");
        var server = new ScriptedTransport()
                .answers("pool_update.get_by_uuid", "OpaqueRef:update")
                .answers("host.get_by_uuid", "OpaqueRef:host")
                .refuses("Async.pool_update.precheck", code, words);
        var pool = new JsonRpcConnections(
                        server, new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), false))
                .open(new PoolAccess(
                        new Endpoint("pool", 443, true), new Credentials("root", "secret"), List.of(), null));

        assertThatExceptionOfType(XapiFailure.Refused.class)
                .isThrownBy(
                        () -> pool.poolUpdates().precheck(new UpdateUuid(new UUID(0, 1)), new HostUuid(new UUID(0, 2))))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.parameters()).containsExactly(words);
                    assertThat(refused.mayHaveHappened()).isFalse();
                });
        assertThat(server.count("Async.pool_update.precheck")).isEqualTo(1);
    }

    /** Finding 14: names are told apart by their case ({@code Repository}, {@code VM}), so ours are those of the data model. */
    @Test
    void everyMessageIsSpeltAsInTheDataModel() {
        var known = knownMessages();

        assertThat(named()).isNotEmpty().allSatisfy(message -> assertThat(known).contains(message));
    }

    /** All that this adapter names, but for what goes by HTTP without being a message. */
    private static Stream<String> named() {
        var declared =
                PortMethod.all().stream().filter(method -> !method.isDocument()).map(PortMethod::message);
        var read = RecordType.ALL.stream().map(type -> type.name() + ".get_all_records");
        return Stream.concat(declared, read).distinct();
    }

    private static Set<String> knownMessages() {
        var known = new HashSet<String>();
        for (var type : JsonMapper.shared().readTree(MESSAGES.toFile())) {
            for (var message : type.get("messages")) {
                known.add(type.get("class").stringValue() + "." + message.stringValue());
            }
        }
        return known;
    }

    /** Finding 17 (whose defaults the server itself can't read) and trap 13 (which high availability forbids). */
    @ParameterizedTest
    @ValueSource(strings = {"host.create", "pool.designate_new_master"})
    void isNeverSent(String message) {
        assertThat(named()).doesNotContain(message);
        assertThatIllegalArgumentException().isThrownBy(() -> Effects.of(message));
    }
}
