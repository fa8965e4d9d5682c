package io.xenpatch.job;

import io.xenpatch.assessment.ChosenUpdate;
import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.assessment.UpdateRequests;
import io.xenpatch.caller.Caller;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes a job out of a request that makes sense. Writes nothing. */
@Component
class Acceptance {
    private final UpdateRequests requests;
    private final InstantSource clock;
    private final JsonMapper json;
    private final JobSettings settings;
    private final WindowRows windows;

    Acceptance(
            UpdateRequests requests, InstantSource clock, JsonMapper json, JobSettings settings, WindowRows windows) {
        this.windows = windows;
        this.requests = requests;
        this.clock = clock;
        this.json = json;
        this.settings = settings;
    }

    /**
     * @param retryOf the job whose request this is; null = none
     * @throws ProblemException as {@link UpdateRequests#check}, and for the fields that only jobs have
     */
    NewJob job(Caller caller, UpdateJobRequest request, @Nullable JobId retryOf) {
        Instant now = clock.instant();
        List<FieldError> errors = new ArrayList<>(RequestRules.errors(request));
        StartTimes times = StartTimes.of(request.start(), now, retryOf != null, windows::find, errors);
        ChosenUpdate chosen = requests.check(caller, request.shared(), errors);
        JobId id = JobId.random();
        List<PoolUpdate> pools = new ArrayList<>();
        for (TargetPool target : chosen.targets()) {
            pools.add(pool(id, target, pools.size(), chosen, times, now));
        }
        return new NewJob(
                id,
                Objects.requireNonNullElseGet(request.name(), () -> name(chosen)),
                caller,
                now,
                json.writeValueAsString(request),
                Objects.requireNonNullElse(request.labels(), Map.of()),
                chosen.commonLabels(),
                RequestRules.rollout(request),
                request.onBusy() == UpdateJobRequest.OnBusy.WAIT,
                retryOf,
                pools);
    }

    private PoolUpdate pool(
            JobId job, TargetPool target, int position, ChosenUpdate chosen, StartTimes times, Instant now) {
        return new PoolUpdate(
                PoolUpdateId.random(),
                job,
                PoolUpdate.REAL,
                target.pool(),
                target.name(),
                position,
                PoolUpdateState.WAITING,
                chosen.update(),
                target.hosts(),
                chosen.policy(),
                now,
                times.due(now).plus(settings.startPatience()),
                null,
                null,
                Wishes.NONE,
                null,
                null,
                0,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                null,
                null,
                null,
                null,
                times.earliest(),
                times.window(),
                null,
                null,
                null);
    }

    private static String name(ChosenUpdate chosen) {
        List<TargetPool> pools = chosen.targets();
        return "Update of " + pools.get(0).name() + (pools.size() == 1 ? "" : " and " + (pools.size() - 1) + " more");
    }
}
