package io.xenpatch.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code POST /pools/{poolUuid}/updates}. */
@ExtendWith(OutputCaptureExtension.class)
class UploadHttpTests extends UploadTest {

    @Test
    void bringsAnUpdateIntoThePool(CapturedOutput output) {
        start(Scenario.pool("lab").hosts(2));

        var answer = upload(image(UPDATE, "XS82E999"));

        assertThat(answer.outcome()).isEqualTo("201");
        assertThat(answer.body().path("uuid").asString()).isEqualTo(UPDATE);
        assertThat(answer.body().path("name").asString()).isEqualTo("XS82E999");
        assertThat(answer.body().path("guidance").get(0).asString()).isEqualTo("REBOOT_HOST");
        assertThat(answer.body().path("uploaded").asBoolean()).isTrue();
        assertThat(answer.body().path("missingOn")).hasSize(2);
        assertThat(get("/api/v1/pools/" + uuid() + "/updates").path("items").get(0))
                .isEqualTo(answer.body());
        assertThat(actions()).containsExactly(JournalAction.VDI_CREATED, JournalAction.UPDATE_INTRODUCED);
        assertThat(events()).containsExactly("update.upload-started", "update.uploaded");
        assertThat(get("/api/v1/audit-events?action=update.uploaded")
                        .at("/items/0/details/updateUuid")
                        .asString())
                .isEqualTo(UPDATE);
        assertThat(output.getAll()).doesNotContain("OpaqueRef");
    }

    @Test
    void namesAnUpdateThatThePoolHasAndRemovesTheSecondImage() {
        start(Scenario.pool("lab"));
        assertThat(upload(image(UPDATE, "XS82E999")).outcome()).isEqualTo("201");

        var again = upload(image(UPDATE, "XS82E999"));

        assertThat(again.outcome()).isEqualTo("200");
        assertThat(again.body().path("uuid").asString()).isEqualTo(UPDATE);
        await().atMost(PATIENCE).until(() -> actions().contains(JournalAction.VDI_DESTROYED));
        assertThat(get("/api/v1/pools/" + uuid() + "/updates")
                        .at("/items/0/uploaded")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void uploadsOnceForOneIdempotencyKey() {
        start(Scenario.pool("lab"));
        var body = image(UPDATE, "XS82E999");
        assertThat(upload("key", BodyPublishers.ofByteArray(body)).outcome()).isEqualTo("201");

        var again = upload("key", BodyPublishers.ofByteArray(body));
        assertThat(again.outcome()).isEqualTo("201");
        assertThat(again.body().path("uuid").asString()).isEqualTo(UPDATE);
        assertThat(upload("key", BodyPublishers.ofByteArray(new byte[10])).outcome())
                .isEqualTo("422 idempotency-key-reused");
        assertThat(actions()).containsExactly(JournalAction.VDI_CREATED, JournalAction.UPDATE_INTRODUCED);
    }

    @Test
    void mayBeRepeatedWithTheSameKeyAfterAFailure() {
        start(Scenario.pool("lab"));
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.UPLOAD_BREAKS));
        var body = image(UPDATE, "XS82E999");

        assertThat(upload("key", BodyPublishers.ofByteArray(body)).outcome()).isEqualTo("502 pool-refused");
        assertThat(upload("key", BodyPublishers.ofByteArray(body)).outcome()).isEqualTo("201");
        await().atMost(PATIENCE).until(() -> actions().contains(JournalAction.VDI_DESTROYED));
    }

    @Test
    void needsALength() {
        start(Scenario.pool("lab"));

        var chunks = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(image(UPDATE, "A")));
        assertThat(upload(null, chunks).outcome()).isEqualTo("411 length-required");
        assertThat(upload(new byte[0]).outcome()).isEqualTo("422 validation-failed");
        assertThat(actions()).isEmpty();
    }

    @Test
    void refusesWhatIsTooLargeBeforeAByteOfItHasCome() throws IOException {
        start(Scenario.pool("lab"));

        var tooMuch = (4L << 30) + 1;
        assertThat(answerToHeadOf(tooMuch))
                .startsWith("HTTP/1.1 413")
                .contains("payload-too-large", "\"maxBytes\":4294967296");
        assertThat(actions()).isEmpty();
    }

    private String answerToHeadOf(long length) throws IOException {
        var server = URI.create(http().baseUrl());
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(head(length).getBytes(StandardCharsets.US_ASCII));
            var answer = new StringBuilder();
            // it stays open for a while, for a body that the server does not want
            while (answer.indexOf("}") < 0) {
                answer.append((char) socket.getInputStream().read());
            }
            return answer.toString();
        }
    }

    private String head(long length) {
        return "POST /api/v1/pools/" + uuid() + "/updates HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/octet-stream\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @Test
    void leavesNothingWhenThePoolDoesNotTakeItAsAnUpdate() {
        start(Scenario.pool("lab"));

        var answer = upload(new byte[SIZE]);

        assertThat(answer.outcome()).isEqualTo("422 invalid-update");
        assertThat(answer.body().path("xapiError").get(0).asString()).isEqualTo("INVALID_UPDATE");
        awaitNoImageLeft();
        assertThat(events()).containsExactly("update.upload-started", "update.upload-failed");
    }

    @Test
    void leavesNothingWhenThePoolBreaksOff() {
        start(Scenario.pool("lab"));
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.UPLOAD_BREAKS));

        assertThat(upload(image(UPDATE, "A")).outcome()).isEqualTo("502 pool-refused");
        awaitNoImageLeft();
    }

    @Test
    void namesTheErrorWithWhichThePoolStopsWriting() {
        start(Scenario.pool("lab"));
        simulator()
                .inject(Fault.on(pool().poolUuid(), FaultKind.API_ERROR)
                        .forMethod("import_raw_vdi")
                        .failingWith("SR_BACKEND_FAILURE_44", "", "no space", ""));

        var answer = upload(image(UPDATE, "A"));

        assertThat(answer.outcome()).isEqualTo("502 pool-refused");
        assertThat(answer.body().path("xapiError").get(0).asString()).isEqualTo("SR_BACKEND_FAILURE_44");
        awaitNoImageLeft();
    }

    @Test
    void leavesNothingWhenItsSenderGoesAway() throws IOException {
        start(Scenario.pool("lab"));
        var server = URI.create(http().baseUrl());
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(head(SIZE).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(Arrays.copyOf(image(UPDATE, "A"), SIZE / 2));
            socket.getOutputStream().flush();
            await().atMost(PATIENCE).until(() -> actions().contains(JournalAction.VDI_CREATED));
        }

        awaitNoImageLeft();
        assertThat(get("/api/v1/audit-events?action=update.upload-failed")
                        .at("/items/0/details/failure")
                        .asString())
                .isEqualTo("SENDER_LEFT");
    }

    @Test
    void saysThatThereIsNoRoom() {
        start(Scenario.pool("lab").storageSize(SIZE));

        var answer = upload(image(UPDATE, "A"));

        assertThat(answer.outcome()).isEqualTo("409 pool-storage-full");
        assertThat(answer.body().path("freeBytes").asLong()).isEqualTo(SIZE);
        assertThat(actions()).isEmpty();
        assertThat(jdbc().sql("select cleared from update_upload")
                        .query(Boolean.class)
                        .single())
                .as("nothing to be removed")
                .isTrue();
    }

    @Test
    void findsThatAnUpdateWasIntroducedAlthoughTheAnswerWasLost() {
        start(Scenario.pool("lab"));
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.TASK_LOST).forMethod("pool_update.introduce"));

        assertThat(upload(image(UPDATE, "XS82E999")).outcome()).isEqualTo("502 pool-unreachable");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events()).contains("update.uploaded"));
        assertThat(actions()).contains(JournalAction.UPDATE_INTRODUCED).doesNotContain(JournalAction.VDI_DESTROYED);
    }
}
