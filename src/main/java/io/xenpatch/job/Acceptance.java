package io.xenpatch.job;

import io.xenpatch.assessment.ChosenUpdate;
import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.assessment.UpdateRequests;
import io.xenpatch.caller.Caller;
import io.xenpatch.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes a job out of a request that makes sense. Writes nothing. */
@Component
class Acceptance {
    private final UpdateRequests requests;
    private final InstantSource clock;
    private final JsonMapper json;
    private final JobSettings settings;

    Acceptance(UpdateRequests requests, InstantSource clock, JsonMapper json, JobSettings settings) {
        this.requests = requests;
        this.clock = clock;
        this.json = json;
        this.settings = settings;
    }

    /** @throws ProblemException as {@link UpdateRequests#check}, and for the fields that only jobs have */
    NewJob job(Caller caller, UpdateJobRequest request) {
        ChosenUpdate chosen = requests.check(caller, request.shared(), RequestRules.errors(request));
        JobId id = JobId.random();
        Instant now = clock.instant();
        List<PoolUpdate> pools = new ArrayList<>();
        for (TargetPool target : chosen.targets()) {
            pools.add(pool(id, target, pools.size(), chosen, now));
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
                pools);
    }

    private PoolUpdate pool(JobId job, TargetPool target, int position, ChosenUpdate chosen, Instant now) {
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
                now.plus(settings.startPatience()),
                null,
                null,
                false,
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
                null);
    }

    private static String name(ChosenUpdate chosen) {
        List<TargetPool> pools = chosen.targets();
        return "Update of " + pools.get(0).name() + (pools.size() == 1 ? "" : " and " + (pools.size() - 1) + " more");
    }
}
