package io.xenpatch.jar;

import static io.xenpatch.simulator.JournalAction.UPDATE_INTRODUCED;
import static io.xenpatch.simulator.JournalAction.VDI_CREATED;
import static io.xenpatch.simulator.JournalAction.VDI_DESTROYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.UpdateImages;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Large uploads through the service as a person starts it. */
@NeedsJar
class UploadIT {
    private static final String UPDATE = "3f92b111-0a90-4ec6-b85a-737f241a3fc1";
    private static final long SIZE = 600L << 20;
    private static final String SPEED = "40";

    @AutoClose
    private final Jar jar = new Jar(UploadIT.class, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

    private RunningService serve(java.nio.file.Path data) {
        var settings =
                Map.of("SERVER_PORT", "0", "XENPATCH_XAPI_ALLOWPLAINHTTP", "true", "XENPATCH_UPDATES_DEADAFTER", "2s");
        return RunningService.ready(jar.start(settings, data));
    }

    @Test
    void passes600MegabytesOnWithAFewInMemoryAndRemovesWhatAKilledServiceLeft() {
        var simulator = jar.simulate("--speed", SPEED, "--http");
        var data = jar.newDataDirectory();
        var service = serve(data);
        var pool = service.register("http://" + simulator.pool().address(), simulator.pool());

        var answer = service.upload(pool, SIZE, image());

        assertThat(answer.get("uuid").stringValue()).isEqualTo(UPDATE);
        assertThat(service.items("/pools/" + pool + "/updates"))
                .filteredOn(update -> update.get("uuid").stringValue().equals(UPDATE))
                .allMatch(update -> update.get("uploaded").booleanValue())
                .hasSize(1);
        assertThat(actions(simulator)).containsExactly(VDI_CREATED, UPDATE_INTRODUCED);

        simulator.inject("UPLOAD_STALLS", Map.of());
        var dying = service;
        var upload = CompletableFuture.runAsync(() -> dying.upload(pool, SIZE, image()));
        simulator.awaitEntry(
                "another image is created", entry -> actions(simulator).size() == 3);
        service.process().kill();
        assertThat(upload).failsWithin(Duration.ofSeconds(30));
        assertThat(actions(simulator)).containsExactly(VDI_CREATED, UPDATE_INTRODUCED, VDI_CREATED);

        serve(data);
        await("the image of the killed service is removed")
                .atMost(Duration.ofSeconds(60))
                .until(() -> actions(simulator).contains(VDI_DESTROYED));
        assertThat(actions(simulator)).containsExactly(VDI_CREATED, UPDATE_INTRODUCED, VDI_CREATED, VDI_DESTROYED);
    }

    /** What stays in the pool after a kill is gone already when a service that was told to stop has ended. */
    @Test
    void removesTheImageOfARunningUploadBeforeItEndsWhenItIsToldTo() {
        var simulator = jar.simulate("--speed", SPEED, "--http");
        var service = serve(jar.newDataDirectory());
        var pool = service.register("http://" + simulator.pool().address(), simulator.pool());
        // virtual: two seconds
        simulator.inject("UPLOAD_STALLS", Map.of("for", "PT80S"));
        var upload = CompletableFuture.runAsync(() -> service.upload(pool, SIZE, image()));
        simulator.awaitEntry("an image is created", entry -> actions(simulator).contains(VDI_CREATED));

        service.process().terminate();
        service.process().exitCode();

        assertThat(actions(simulator)).containsExactly(VDI_CREATED, VDI_DESTROYED);
        assertThat(upload).failsWithin(Duration.ofSeconds(30));
    }

    private static InputStream image() {
        var head = UpdateImages.head(UPDATE, "XS82E999", "restartHost");
        return new SequenceInputStream(new ByteArrayInputStream(head), new Zeros(SIZE - head.length));
    }

    private static List<io.xenpatch.simulator.JournalAction> actions(RunningPool simulator) {
        return simulator.journal().stream()
                .map(JournalEntry::action)
                .filter(List.of(VDI_CREATED, VDI_DESTROYED, UPDATE_INTRODUCED)::contains)
                .toList();
    }

    /** So many zero bytes that nobody has to keep. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            var count = (int) Math.min(length, left);
            java.util.Arrays.fill(bytes, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }
    }
}
