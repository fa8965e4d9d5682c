package io.xenpatch.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatedClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.unit.DataSize;

/** A service that is being stopped while it uploads. */
class UploadStoppingTests extends UploadTest {

    @Autowired
    private UploadStopping stopping;

    @Autowired
    private UploadRuns runs;

    @Autowired
    private UploadStore store;

    @Autowired
    private UploadLedger ledger;

    @AfterEach
    void goOn() {
        stopping.start();
    }

    /** An upload of which half has come into the pool, which takes no more for a second. */
    private CompletableFuture<Answer> upload(int size) {
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.UPLOAD_STALLS).lasting(Duration.ofSeconds(100)));
        var upload = CompletableFuture.supplyAsync(() -> upload(Arrays.copyOf(image(UPDATE, "A"), size)));
        var client = SimulatedClient.of(pool());
        await().atMost(PATIENCE)
                .until(() -> client.call("task.get_all_records")
                        .valueStream()
                        .anyMatch(task -> task.get("progress").doubleValue() >= 0.5
                                && "pending".equals(task.get("status").stringValue())));
        return upload;
    }

    private static CompletableFuture<Void> stopped(Consumer<Runnable> stop) {
        var done = new CompletableFuture<Void>();
        stop.accept(() -> done.complete(null));
        return done;
    }

    private String failure() {
        return jdbc().sql("select failure from update_upload")
                .query(String.class)
                .single();
    }

    /** The small one has left our hands completely by then, the large one has not. */
    @ParameterizedTest
    @ValueSource(ints = {SIZE, 60 << 20})
    void endsTheUploadAndIsDoneWhenItsImageIsGone(int size) {
        start(Scenario.pool("lab"));
        var unused = upload(size);

        assertThat(stopped(stopping::stop)).succeedsWithin(PATIENCE);

        assertThat(actions()).contains(JournalAction.VDI_DESTROYED);
        assertThat(store.unsettled(jdbc().sql("select id from update_upload")
                        .query(UUID.class)
                        .list()))
                .isEmpty();
        assertThat(failure()).isEqualTo("SERVICE_STOPPED");
        assertThat(get("/api/v1/audit-events?action=update.upload-failed")
                        .at("/items/0/details/failure")
                        .asString())
                .isEqualTo("SERVICE_STOPPED");
    }

    @Test
    void tellsTheSenderToSendItAgain() {
        start(Scenario.pool("lab"));
        var upload = upload(SIZE);

        assertThat(stopped(stopping::stop)).succeedsWithin(PATIENCE);

        assertThat(upload).succeedsWithin(PATIENCE).satisfies(answer -> {
            assertThat(answer.outcome()).isEqualTo("503 service-unavailable");
            assertThat(answer.body().get("detail").stringValue()).contains("is being stopped", "Send it again");
        });
    }

    @Test
    void takesNoUploadAnyMoreUntilItIsStartedAgain() {
        start(Scenario.pool("lab"));
        assertThat(stopped(stopping::stop)).as("nothing runs").isCompleted();

        assertThat(upload(image(UPDATE, "A")).outcome()).isEqualTo("503 service-unavailable");
        assertThat(actions()).doesNotContain(JournalAction.VDI_CREATED);

        stopping.start();
        assertThat(upload(image(UPDATE, "A")).outcome()).isEqualTo("201");
    }

    /** The pool does not let go of the image: what is left is for others, but the history says what happened. */
    @Test
    void waitsNoLongerThanTheSettingsSay() {
        start(Scenario.pool("lab"));
        var upload = upload(SIZE);
        simulator()
                .inject(Fault.on(pool().poolUuid(), FaultKind.API_ERROR)
                        .forMethod("VDI.destroy")
                        .failingWith("SR_BACKEND_FAILURE_44")
                        .times(1_000));
        var hasty = new UploadStopping(runs, store, ledger, settings(Duration.ZERO));

        assertThat(stopped(hasty::stop)).succeedsWithin(PATIENCE);

        assertThat(actions()).doesNotContain(JournalAction.VDI_DESTROYED);
        assertThat(failure()).isEqualTo("SERVICE_STOPPED");
        assertThat(jdbc().sql("select cleared from update_upload")
                        .query(Boolean.class)
                        .single())
                .isFalse();
        assertThat(upload)
                .succeedsWithin(PATIENCE)
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(503));
    }

    private UploadSettings settings(Duration stopWithin) {
        return new UploadSettings(
                DataSize.ofMegabytes(1),
                PATIENCE,
                PATIENCE,
                PATIENCE,
                PATIENCE,
                PATIENCE,
                PATIENCE,
                PATIENCE,
                stopWithin,
                1);
    }
}
