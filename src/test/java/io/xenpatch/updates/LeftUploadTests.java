package io.xenpatch.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.caller.Caller;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xapi.NewVdi;
import io.xenpatch.xapi.XapiTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Uploads of other instances: some live, some died. */
class LeftUploadTests extends UploadTest {
    private static final Duration LIVELY = Duration.ofHours(1);

    @Autowired
    private UploadStore store;

    @Autowired
    private UploadWatch watch;

    @Autowired
    private UploadLedger ledger;

    /** An upload that another instance works on, and its image. */
    private UUID uploadOfAnother() {
        var id = UUID.randomUUID();
        store.insert(id, uuid(), SIZE, Caller.localAdmin(), Instant.now(), LIVELY);
        assertThat(store.askForImage(id, LIVELY)).isTrue();
        var sr = connection().srs().observe().defaultSr();
        var mark = Map.of(Upload.MARK, id.toString());
        var task =
                connection().vdis().create(new NewVdi(java.util.Objects.requireNonNull(sr), "image", "", SIZE, mark));
        var created = await().atMost(PATIENCE)
                .until(() -> connection().tasks().observe(task), XapiTask.Succeeded.class::isInstance);
        var image = connection().vdis().created((XapiTask.Succeeded) created).orElseThrow();
        assertThat(store.created(id, image)).isTrue();
        return id;
    }

    private void fallSilent(UUID id) {
        jdbc().sql("update update_upload set alive_until = now() - interval '1 second' where id = :id")
                .param("id", id)
                .update();
    }

    private Upload found(UUID id) {
        return store.find(id).orElseThrow();
    }

    @Test
    void leavesAnUploadAloneThatAnotherInstanceWorksOn() {
        start(Scenario.pool("lab"));
        var id = uploadOfAnother();

        var next = watch.look(id);

        assertThat(next)
                .hasValueSatisfying(at -> assertThat(at).isAfter(Instant.now().plus(LIVELY.dividedBy(2))));
        assertThat(found(id).state()).isEqualTo(UploadState.RUNNING);
        assertThat(actions()).containsExactly(JournalAction.VDI_CREATED);
    }

    @Test
    void keepsThePoolFromBeingForgottenUntilItHasEnded() {
        start(Scenario.pool("lab"));
        var id = uploadOfAnother();

        var refused = forget();
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("type").stringValue()).isEqualTo("/problems/pool-busy");
        assertThat(refused.body().get("uploadId").stringValue()).isEqualTo(id.toString());
        assertThat(refused.body().get("detail").stringValue()).contains("upload", "lab");

        fallSilent(id);
        assertThat(forget().status()).isEqualTo(204);
    }

    @Test
    void removesTheImageOfAnUploadWhoseInstanceDied() {
        start(Scenario.pool("lab"));
        var id = uploadOfAnother();
        var other = uploadOfAnother();
        fallSilent(id);

        assertThat(watch.look(id)).isPresent();
        assertThat(found(id).state()).isEqualTo(UploadState.FAILED);
        await().atMost(PATIENCE).until(() -> {
            watch.look(id);
            return found(id).cleared();
        });

        assertThat(actions())
                .containsExactly(JournalAction.VDI_CREATED, JournalAction.VDI_CREATED, JournalAction.VDI_DESTROYED);
        assertThat(found(other).state()).isEqualTo(UploadState.RUNNING);
        assertThat(connection().vdis().marked(Upload.MARK, other.toString())).hasSize(1);
    }

    @Test
    void tellsAnInstanceThatWasSilentForTooLongThatItsUploadIsOver() {
        start(Scenario.pool("lab"));
        var id = uploadOfAnother();
        fallSilent(id);
        watch.look(id);

        assertThat(store.renew(java.util.List.of(id), LIVELY)).isEmpty();
        assertThat(ledger.abandon(found(id))).isFalse();
    }

    @Test
    void waitsForAnImageThatMayStillAppear() {
        start(Scenario.pool("lab"));
        var id = UUID.randomUUID();
        store.insert(id, uuid(), SIZE, Caller.localAdmin(), Instant.now(), LIVELY);
        assertThat(store.askForImage(id, LIVELY)).isTrue();
        fallSilent(id);
        watch.look(id);

        watch.look(id);

        assertThat(found(id).cleared())
                .as("a call of the dead instance may be under way")
                .isFalse();
    }
}
