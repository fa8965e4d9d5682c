package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.SyncFrequency;
import io.xenpatch.xen.SyncSchedule;
import io.xenpatch.xen.Weekday;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** What a real server (xapi 26.17) said is understood. */
class RecordingTests {
    private static final Path ROOT = Path.of("src/test/resources/real-xapi");

    private static byte[] body(String stem) throws IOException {
        var text = Files.readString(ROOT.resolve(stem + ".response.http"));
        return text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void poolAndHostsOfAnEventBatch() throws IOException {
        var batch = JsonRpc.read(body("jsonrpc2/183-event-from-initial-host-pool"), EventBatch::read);
        var records = new PoolRecords();
        batch.events().forEach(event -> event.applyTo(records));

        var pool = new Snapshots(records).pool();

        assertThat(batch.token()).isEqualTo("00000000000000002443,00000000000000000000");
        assertThat(batch.validRefCounts()).containsEntry("host", 3).containsEntry("vm", 5);
        assertThat(pool.name()).isEqualTo("lab pool");
        assertThat(pool.channel()).isEqualTo(Channel.REPOSITORY);
        assertThat(pool.currentOperations()).containsValue("apply_updates");
        assertThat(pool.hosts()).hasSize(3).first().satisfies(host -> {
            assertThat(host.name()).isEqualTo("xs-host-1");
            assertThat(host.address()).isEqualTo("10.77.0.11");
            assertThat(host.bootedAt()).isEqualTo(Instant.ofEpochSecond(1795392639));
            assertThat(host.licensedForLivePatching()).isTrue();
            assertThat(host.isBusyWith("shutdown")).isTrue();
        });
    }

    @Test
    void whatHostsHaveOfTheirUpdatesAndStillOwe() throws IOException {
        var batch = JsonRpc.read(body("jsonrpc2/183-event-from-initial-host-pool"), EventBatch::read);
        var records = new PoolRecords();
        batch.events().forEach(event -> event.applyTo(records));

        var pool = new Snapshots(records).pool();

        assertThat(pool.repositories())
                .isEqualTo(new PoolRepositories(
                        List.of(), null, false, new SyncSchedule(SyncFrequency.WEEKLY, Weekday.SUNDAY), List.of()));
        assertThat(pool.hosts())
                .extracting(HostSnapshot::software)
                .containsExactly(
                        software(null, Set.of(), Set.of(), Set.of()),
                        software(false, Set.of(Guidance.REBOOT_HOST, Guidance.RESTART_TOOLSTACK), Set.of(), Set.of()),
                        software(
                                true,
                                Set.of(Guidance.REBOOT_HOST_ON_LIVE_PATCH_FAILURE),
                                Set.of(Guidance.RESTART_TOOLSTACK),
                                Set.of(Guidance.REBOOT_HOST)));
    }

    private static HostSoftware software(
            @Nullable Boolean latest, Set<Guidance> mandatory, Set<Guidance> recommended, Set<Guidance> full) {
        var pending = new PendingGuidances(Map.of(
                GuidanceLevel.MANDATORY, mandatory, GuidanceLevel.RECOMMENDED, recommended, GuidanceLevel.FULL, full));
        return new HostSoftware(pending, null, "", latest);
    }

    @Test
    void guestsOweNothingInAllThreeLists() throws IOException {
        var vms = JsonRpc.read(body("jsonrpc2/029-vm-get-all-records"), RecordType.VM.allRecords());
        var records = new PoolRecords().putAll(RecordType.VM, vms);

        assertThat(new GuestSnapshots(records).all())
                .isNotEmpty()
                .allSatisfy(vm -> assertThat(vm.pending().lists())
                        .isEqualTo(Map.of(
                                GuidanceLevel.MANDATORY, Set.of(),
                                GuidanceLevel.RECOMMENDED, Set.of(),
                                GuidanceLevel.FULL, Set.of())));
    }

    @Test
    void virtualMachines() throws IOException {
        var vms = JsonRpc.read(body("jsonrpc2/029-vm-get-all-records"), RecordType.VM.allRecords());
        var records = new PoolRecords().putAll(RecordType.VM, vms);

        assertThat(vms).hasSize(5);
        assertThat(new GuestSnapshots(records).all())
                .isNotEmpty()
                .allSatisfy(vm -> assertThat(vm.powerState()).isIn(PowerState.HALTED, PowerState.RUNNING))
                .anySatisfy(vm -> assertThat(vm.memory()).isEqualTo(268435456L + 5242880L));
    }

    @Test
    void tasks() throws IOException {
        var type = new RecordType<>("task", Records.Task.class);

        var tasks = JsonRpc.read(body("jsonrpc2/040-task-get-all-records"), type.allRecords());

        assertThat(tasks.values().stream().map(RpcTaskCalls::state))
                .contains(
                        new XapiTask.Succeeded("<value>slept 2</value>"),
                        new XapiTask.Failed("PLUGIN_SAID_NO", List.of("first", "second")));
    }

    @ParameterizedTest
    @CsvSource({
        "jsonrpc2/003-login-wrong-password, SESSION_AUTHENTICATION_FAILED",
        "jsonrpc2/005-invalid-session, SESSION_INVALID",
        "jsonrpc2/007-unknown-method, MESSAGE_METHOD_UNKNOWN",
        "jsonrpc2/106-task-get-status-null, HANDLE_INVALID",
        "jsonrpc1/003-login-wrong-password, SESSION_AUTHENTICATION_FAILED",
        "jsonrpc1/015-invalid-ref, HANDLE_INVALID"
    })
    void errorsOfBothVersions(String stem, String code) throws IOException {
        var body = body(stem);

        assertThatExceptionOfType(XapiFailure.Refused.class)
                .isThrownBy(() -> JsonRpc.read(body, JsonRpc.as(String.class)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }

    /** Findings 14 and 16: the parameters tell which call, and how many parameters it was given, the session not counted. */
    @ParameterizedTest
    @CsvSource({
        "jsonrpc2/050-repository-lowercase-class, MESSAGE_METHOD_UNKNOWN, repository.get_all_records",
        "jsonrpc1/050-repository-lowercase-class, MESSAGE_METHOD_UNKNOWN, repository.get_all_records",
        "jsonrpc2-while-booting/148-pool-update-precheck, MESSAGE_METHOD_UNKNOWN, pool_update.precheck",
        "jsonrpc2/011-too-few-params, MESSAGE_PARAMETER_COUNT_MISMATCH, host.get_record 1 0",
        "jsonrpc1/011-too-few-params, MESSAGE_PARAMETER_COUNT_MISMATCH, host.get_record 1 0",
        "jsonrpc2/012-no-params, MESSAGE_PARAMETER_COUNT_MISMATCH, host.get_all 0 -1"
    })
    void callThatTheServerDoesNotTakeIsRefusedWithItsName(String stem, String code, String parameters)
            throws IOException {
        var body = body(stem);

        assertThatExceptionOfType(XapiFailure.Refused.class)
                .isThrownBy(() -> JsonRpc.read(body, JsonRpc.as(String.class)))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.parameters()).containsExactly(parameters.split(" "));
                    assertThat(refused.mayHaveHappened()).isFalse();
                });
    }

    @Test
    void errorFromBeforeTheDispatchIsABareList() {
        var body = "{\"jsonrpc\":\"2.0\",\"error\":[\"HOST_STILL_BOOTING\"],\"id\":0}".getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(XapiFailure.Refused.class)
                .isThrownBy(() -> JsonRpc.read(body, JsonRpc.as(String.class)))
                .satisfies(refused -> assertThat(refused.mayHaveHappened()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "<html>",
                "{}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"x\"",
                "{\"jsonrpc\":\"2.0\",\"result\":[],\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"error\":{},\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"error\":[],\"id\":1}"
            })
    void anythingElseIsNoAnswer(String body) {
        assertThatThrownBy(() -> JsonRpc.read(body.getBytes(StandardCharsets.UTF_8), JsonRpc.as(String.class)))
                .isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @CsvSource({"2.1.1,true", "2.1,false", "3.2.1,true", "2.0.99,false", "2.1.1.5,true", "'',false"})
    void versionsAreComparedByTheirNumbers(String version, boolean atLeast) {
        assertThat(Channels.isAtLeast(version, "2.1.1")).isEqualTo(atLeast);
    }

    @Test
    void timesAreRead() {
        assertThat(XapiTime.parse("20230815T12:34:56Z")).isEqualTo(Instant.parse("2023-08-15T12:34:56Z"));
        assertThat(XapiTime.parse("19700101T00:00:00Z")).isNull();
        assertThat(XapiTime.parse("soon")).isNull();
        assertThat(XapiTime.parseSeconds("1693210293.")).isEqualTo(Instant.ofEpochSecond(1693210293));
        assertThat(XapiTime.parseSeconds("")).isNull();
    }
}
