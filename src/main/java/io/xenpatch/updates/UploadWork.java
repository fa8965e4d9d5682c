package io.xenpatch.updates;

import io.xenpatch.pool.Pools;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Works on uploads in this instance, within the limits of the settings. */
@Component
@EnableConfigurationProperties(UploadSettings.class)
class UploadWork {
    private final Pools pools;
    private final UploadStore store;
    private final UploadRuns runs;
    private final UploadAlarm alarm;
    private final UploadSettings settings;

    UploadWork(Pools pools, UploadStore store, UploadRuns runs, UploadAlarm alarm, UploadSettings settings) {
        this.pools = pools;
        this.alarm = alarm;
        this.store = store;
        this.runs = runs;
        this.settings = settings;
    }

    /** @throws ProblemException when a body of this length is not taken */
    void check(long length) {
        if (length < 0) {
            throw new ProblemException(
                    ProblemType.LENGTH_REQUIRED,
                    "An upload needs a Content-Length, because pools do: send a file, not a pipe or chunks. Nothing was read.");
        }
        if (length == 0) {
            throw ProblemException.invalid("", "the body must be the image of an update, it is empty");
        }
        if (length > settings.maxSize().toBytes()) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "An image may have at most " + settings.maxSize().toBytes()
                            + " bytes (xenpatch.updates.max-size). Nothing was read.",
                    List.of(),
                    Map.of("maxBytes", settings.maxSize().toBytes()));
        }
    }

    CompletableFuture<UploadRun.Introduced> run(Upload upload, String poolName, UploadBody body) {
        var tools = new UploadTools(store, settings, runs.workers());
        var run = new UploadRun(upload, poolName, pools.connection(upload.pool()), body, tools);
        runs.add(upload.id(), run);
        return run.start().whenComplete((introduced, failure) -> runs.remove(upload.id()));
    }

    void abort(Upload upload) {
        runs.abort(upload.id());
    }

    /** Has what is left of it removed soon. */
    void lookAfter(Upload upload) {
        alarm.wake(upload.id());
    }

    Executor workers() {
        return runs.workers();
    }
}
