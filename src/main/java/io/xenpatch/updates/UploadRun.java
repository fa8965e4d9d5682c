package io.xenpatch.updates;

import io.xenpatch.xapi.ImageContent;
import io.xenpatch.xapi.NewVdi;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One upload: choose storage, create an image, write it, introduce the update. No transaction is open and no thread held meanwhile. */
final class UploadRun {
    private static final String NAME = "Update image uploaded by Xenpatch";
    private static final String KNOWN = "UPDATE_ALREADY_EXISTS";

    private final Upload upload;
    private final String poolName;
    private final XapiPool pool;
    private final UploadBody body;
    private final UploadTools tools;
    private final PoolTasks tasks;
    private final CompletableFuture<XapiTask.Succeeded> aborting = new CompletableFuture<>();
    private volatile @Nullable UploadAborted aborted;

    UploadRun(Upload upload, String poolName, XapiPool pool, UploadBody body, UploadTools tools) {
        this.upload = upload;
        this.poolName = poolName;
        this.pool = pool;
        this.body = body;
        this.tools = tools;
        this.tasks = new PoolTasks(pool, tools.workers(), tools.settings().poolTask());
    }

    /** @return the update; fails with {@link XapiFailure}, a problem, or {@link UploadAborted} */
    CompletableFuture<Introduced> start() {
        return CompletableFuture.supplyAsync(this::storage, workers())
                .thenCompose(vdi -> tasks.run(() -> pool.vdis().create(vdi)))
                .thenApplyAsync(this::created, workers())
                .thenCompose(image -> write(image).thenCompose(written -> introduce(image)))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(why(failure)));
    }

    /** What an upload that was ended fails with is only how it ended. */
    private Throwable why(Throwable failure) {
        return Objects.requireNonNullElse(aborted, failure);
    }

    /** Ends it as soon as possible; what is there by then is left for others to remove. */
    void abort(UploadAborted why) {
        aborted = why;
        aborting.completeExceptionally(why);
        body.abort();
    }

    private Executor workers() {
        return tools.workers();
    }

    private NewVdi storage() {
        var place = StorageChoice.choose(pool.srs().observe(), upload.size(), poolName);
        goOnIf(aborted == null
                && tools.store().askForImage(upload.id(), tools.settings().deadAfter()));
        return new NewVdi(
                place.uuid(),
                NAME,
                "Upload " + upload.id(),
                upload.size(),
                Map.of(Upload.MARK, upload.id().toString(), "supp_pack_iso", "true"));
    }

    /** Whoever was silent for too long must not go on: others may be removing the image. */
    private void goOn() {
        goOnIf(!tools.store()
                .renew(List.of(upload.id()), tools.settings().deadAfter())
                .isEmpty());
    }

    private void goOnIf(boolean mine) {
        if (!mine || aborted != null) {
            throw Objects.requireNonNullElseGet(aborted, UploadAborted::ended);
        }
    }

    private VdiUuid created(XapiTask.Succeeded answer) {
        var image = pool.vdis().created(answer).orElseThrow(() -> new XapiFailure.AnswerLost("the new image is gone"));
        goOnIf(tools.store().created(upload.id(), image));
        return image;
    }

    private CompletableFuture<XapiTask.Succeeded> write(VdiUuid image) {
        return CompletableFuture.supplyAsync(() -> pool.tasks().create(NAME, "Upload " + upload.id()), workers())
                .thenCompose(task -> send(image, task))
                // the pool may take its time to notice, and to write what it has
                .applyToEither(aborting, written -> written);
    }

    private CompletableFuture<XapiTask.Succeeded> send(VdiUuid image, XapiTaskRef task) {
        var content = new ImageContent(upload.size(), body, tools.settings().standstill());
        var sending = pool.importImage(image, task, content);
        var unused = aborting.exceptionally(ended -> cancel(sending));
        return sending.exceptionallyComposeAsync(failure -> reason(task, failure), workers())
                .thenCompose(sent -> tasks.ended(task));
    }

    private static XapiTask.@Nullable Succeeded cancel(CompletableFuture<Void> sending) {
        sending.cancel(true);
        return null;
    }

    /** The pool knows better than the wire why it hung up. */
    private CompletableFuture<Void> reason(XapiTaskRef task, Throwable failure) {
        var known = pool.tasks().observe(task);
        pool.tasks().destroy(task);
        var why = known instanceof XapiTask.Failed failed
                ? new XapiFailure.Refused(failed.code(), failed.parameters())
                : failure;
        return CompletableFuture.failedFuture(why);
    }

    private CompletableFuture<Introduced> introduce(VdiUuid image) {
        return tasks.run(() -> {
                    goOn();
                    return pool.poolUpdates().introduce(image);
                })
                .thenApplyAsync(
                        answer -> pool.poolUpdates()
                                .introduced(answer)
                                .map(update -> new Introduced(update, false))
                                .orElseThrow(() -> new XapiFailure.AnswerLost("the new update is gone")),
                        workers())
                .exceptionallyCompose(UploadRun::known);
    }

    private static CompletableFuture<Introduced> known(Throwable thrown) {
        var cause = UploadProblems.cause(thrown);
        return cause instanceof XapiFailure.Refused refused
                        && KNOWN.equals(refused.code())
                        && !refused.parameters().isEmpty()
                ? CompletableFuture.completedFuture(
                        new Introduced(UpdateUuid.of(refused.parameters().get(0)), true))
                : CompletableFuture.failedFuture(cause);
    }

    /** @param knownBefore whether the pool had this update already */
    record Introduced(UpdateUuid update, boolean knownBefore) {}
}
