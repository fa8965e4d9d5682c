package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that clients create, write and introduce. */
class UploadTests extends SimulatorTest {
    private static final Duration INTRODUCE = Duration.ofSeconds(10);
    private static final String UUID = "3f92b111-0a90-4ec6-b85a-737f241a3fc1";
    private static final int SIZE = 4096;

    private String create(String storage, long size) {
        return client().text(
                        "VDI.create",
                        Map.of(
                                "SR",
                                client().named("SR", storage),
                                "name_label",
                                "image",
                                "virtual_size",
                                size,
                                "type",
                                "user",
                                "other_config",
                                Map.of("mine", "42")));
    }

    private String image() {
        return create("Shared storage", SIZE);
    }

    private static String path(String vdi, String task) {
        return "/import_raw_vdi?vdi=" + vdi + "&format=raw&task_id=" + task;
    }

    private String write(String vdi, byte[] bytes) {
        var task = client().text("task.create", "upload", "");
        assertThat(client().put(path(vdi, task), BodyPublishers.ofByteArray(bytes))
                        .statusCode())
                .isEqualTo(200);
        return task;
    }

    private String written(byte[] bytes) {
        var vdi = image();
        write(vdi, bytes);
        return vdi;
    }

    private static byte[] update(String name) {
        return UpdateImages.image(UUID, name, SIZE);
    }

    private String introduced(String vdi) {
        var result =
                runWell(INTRODUCE, "pool_update.introduce", vdi).get("result").stringValue();
        return result.replaceAll("</?value>", "");
    }

    @Test
    void takesAnImageAndIntroducesTheUpdateThatItHolds() {
        start(Scenario.pool("uploads"));
        var vdi = image();
        var task = write(vdi, update("XS82E999"));

        assertThat(task(task).get("status").stringValue()).isEqualTo("success");
        assertThat(task(task).get("result").stringValue()).isEqualTo("<value>" + vdi + "</value>");
        assertThat(client().map("VDI.get_other_config", vdi)).containsEntry("mine", "42");

        var update = client().call("pool_update.get_record", introduced(vdi));
        assertThat(update.get("uuid").stringValue()).isEqualTo(UUID);
        assertThat(update.get("name_label").stringValue()).isEqualTo("XS82E999");
        assertThat(update.get("name_description").stringValue()).isEqualTo("Uploaded in a test");
        assertThat(update.get("version").stringValue()).isEqualTo("1.1");
        assertThat(update.get("installation_size").longValue()).isEqualTo(1234);
        assertThat(update.get("after_apply_guidance").get(0).stringValue()).isEqualTo("restartHost");
        assertThat(update.get("vdi").stringValue()).isEqualTo(vdi);
        assertThat(actions()).containsExactly(JournalAction.VDI_CREATED, JournalAction.UPDATE_INTRODUCED);
    }

    @Test
    void knowsAnUpdateThatItHas() {
        start(Scenario.pool("uploads"));
        var first = written(update("ONE"));
        var update = introduced(first);

        assertThat(introduced(first)).as("the same image").isEqualTo(update);
        var other = written(update("ONE"));
        assertThat(errorInfo(run(INTRODUCE, "pool_update.introduce", other)))
                .containsExactly("UPDATE_ALREADY_EXISTS", UUID);
        client().call("pool_update.pool_clean", update);
        assertThat(introduced(other)).as("its image was gone").isEqualTo(update);
        assertThat(client().text("pool_update.get_vdi", update)).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing like an update | update.xml can't be read",
                "XENPATCH SIMULATED UPDATE 1~<update | update.xml is not well-formed",
                "XENPATCH SIMULATED UPDATE 1~<update uuid='3f92b111-0a90-4ec6-b85a-737f241a3fc1' name-label='A' version='1'/> | update.xml lacks name-description",
                "XENPATCH SIMULATED UPDATE 1~<update name-label='A' version='1'><name-description/></update> | update.xml lacks uuid",
                "XENPATCH SIMULATED UPDATE 1~<update uuid='x' name-label='A' version='1'><name-description/></update> | update.xml has an invalid uuid"
            })
    void refusesWhatIsNoUpdate(String text, String why) {
        start(Scenario.pool("uploads"));
        var vdi = written(java.util.Arrays.copyOf(text.replace('~', '\n').getBytes(StandardCharsets.UTF_8), SIZE));

        assertThat(errorInfo(run(INTRODUCE, "pool_update.introduce", vdi))).containsExactly("INVALID_UPDATE", why);
    }

    @Test
    void takesOnlyWhatHasASessionAndALength() {
        start(Scenario.pool("uploads"));
        var vdi = image();
        var bytes = BodyPublishers.ofByteArray(update("A"));
        var stranger = new SimulatedClient(pool(), "127.0.0.1");

        assertThat(stranger.put(path(vdi, ""), bytes).statusCode()).isEqualTo(401);
        var chunks = BodyPublishers.fromPublisher(bytes);
        assertThat(client().put(path(vdi, ""), chunks).statusCode()).isEqualTo(500);
        var unknown = client().put(path("00000000-0000-4000-8000-000000000000", ""), bytes);
        assertThat(unknown.statusCode()).isEqualTo(500);
        assertThat(unknown.body()).contains("UUID_INVALID: [ VDI; 00000000-0000-4000-8000-000000000000 ]");
    }

    @Test
    void sendsToAHostThatSeesTheStorage() {
        start(Scenario.pool("uploads").hosts(2));
        var local =
                client().call("SR.get_by_name_label", "Local storage").get(1).stringValue();
        var vdi = client().text("VDI.create", Map.of("SR", local, "name_label", "image", "virtual_size", SIZE));

        var answer = client().put(path(vdi, ""), BodyPublishers.ofByteArray(update("A")));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("location").orElseThrow())
                .startsWith("https://127.0.0.2:")
                .contains("/import_raw_vdi?vdi=" + vdi);
    }

    @Test
    void isHeardWhenItRefusesAClientThatIsStillSending() {
        start(Scenario.pool("uploads"));
        var much = BodyPublishers.ofByteArray(new byte[8 << 20]);
        var stranger = new SimulatedClient(pool(), "127.0.0.1");

        assertThat(stranger.put(path(image(), ""), much).statusCode()).isEqualTo(401);
        assertThat(client().put("/jsonrpc", much).statusCode())
                .as("too long for a call")
                .isEqualTo(500);
    }

    @Test
    void hasOnlyAsMuchRoomAsTheScenarioSays() {
        start(Scenario.pool("uploads").storageSize(10_000));
        var first = create("Shared storage", 8_000);

        assertThat(client().failure(
                                "VDI.create",
                                Map.of("SR", client().named("SR", "Shared storage"), "virtual_size", 3_000)))
                .containsExactly("SR_FULL", "3000", "2000");
        client().call("VDI.destroy", first);
        create("Shared storage", 3_000);
        assertThat(actions())
                .containsExactly(JournalAction.VDI_CREATED, JournalAction.VDI_DESTROYED, JournalAction.VDI_CREATED);
    }

    @Test
    void breaksAnUploadHalfWay() {
        start(Scenario.pool("uploads"));
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.UPLOAD_BREAKS));
        var vdi = image();
        var task = client().text("task.create", "upload", "");

        assertThatThrownBy(() -> client().put(path(vdi, task), BodyPublishers.ofByteArray(update("A"))))
                .isInstanceOf(SimulatedClient.Unreachable.class);
        assertThat(errorInfo(task(task))).containsExactly("VDI_IO_ERROR", "Device I/O errors");
        assertThat(errorInfo(run(INTRODUCE, "pool_update.introduce", vdi)))
                .first()
                .isEqualTo("INVALID_UPDATE");
        client().call("VDI.destroy", vdi);
    }

    @Test
    void failsToWriteWhenAFaultSaysSo() {
        start(Scenario.pool("uploads"));
        simulator()
                .inject(Fault.on(pool().poolUuid(), FaultKind.API_ERROR)
                        .forMethod("import_raw_vdi")
                        .failingWith("SR_BACKEND_FAILURE_44", "", "full", ""));

        var task = write(image(), update("A"));

        assertThat(errorInfo(task(task))).isEqualTo(List.of("SR_BACKEND_FAILURE_44", "", "full", ""));
    }

    @Test
    void keepsAnImageWhileAnUpdateIsReadFromIt() {
        start(Scenario.pool("uploads"));
        var vdi = written(update("A"));
        var introducing = client().text("Async.pool_update.introduce", vdi);
        advance(Duration.ofSeconds(1));

        assertThat(client().failure("VDI.destroy", vdi)).containsExactly("VDI_IN_USE", vdi, "destroy");
        advance(INTRODUCE);
        assertThat(task(introducing).get("status").stringValue()).isEqualTo("success");
    }
}
