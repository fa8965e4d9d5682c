package io.xenpatch.job;

import io.xenpatch.job.UpdateJobRequest.OnForeignTask;
import io.xenpatch.job.UpdateJobRequest.RolloutRequest;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be said against the fields that only jobs have. */
final class RequestRules {
    private static final int MOST_PARALLEL = 64;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 2000;
    private static final int MOST_LABELS = 64;
    private static final int LONGEST_LABEL = 256;

    private final List<FieldError> errors = new ArrayList<>();

    private RequestRules() {}

    /**
     * What is wrong, with JSON pointers; empty when nothing is.
     *
     * @throws ProblemException {@code conflicting-fields}
     */
    static List<FieldError> errors(UpdateJobRequest request) {
        if (request.assessmentId() != null && (request.targets() != null || request.update() != null)) {
            String message = "takes the place of targets and update; give one or the other";
            throw new ProblemException(
                    ProblemType.CONFLICTING_FIELDS,
                    "assessmentId " + message + ".",
                    List.of(new FieldError("/assessmentId", message)),
                    Map.of());
        }
        RequestRules rules = new RequestRules();
        rules.text(request);
        rules.rollout(request.rollout());
        rules.later(request);
        return rules.errors;
    }

    static Rollout rollout(UpdateJobRequest request) {
        RolloutRequest given = request.rollout();
        return given == null
                ? Rollout.DEFAULT
                : new Rollout(
                        Objects.requireNonNullElse(given.maxParallelPools(), Rollout.DEFAULT.maxParallelPools()),
                        Objects.requireNonNullElse(given.maxFailures(), Rollout.DEFAULT.maxFailures()));
    }

    private void text(UpdateJobRequest request) {
        String name = request.name();
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            error("/name", "must have 1 to " + LONGEST_NAME + " characters");
        }
        if (request.reason() != null && request.reason().length() > LONGEST_REASON) {
            error("/reason", "must have at most " + LONGEST_REASON + " characters");
        }
        Map<String, @Nullable String> labels = Objects.requireNonNullElse(request.labels(), Map.of());
        if (labels.size() > MOST_LABELS) {
            error("/labels", "must be at most " + MOST_LABELS);
        }
        labels.forEach((key, value) -> {
            if (key.isBlank() || key.length() > LONGEST_LABEL || value == null || value.length() > LONGEST_LABEL) {
                error(
                        "/labels/" + key.replace("~", "~0").replace("/", "~1"),
                        "a label needs a name, and a value of at most " + LONGEST_LABEL + " characters");
            }
        });
    }

    private void rollout(@Nullable RolloutRequest rollout) {
        if (rollout == null) {
            return;
        }
        atLeastOne("/rollout/maxParallelPools", rollout.maxParallelPools(), MOST_PARALLEL);
        atLeastOne("/rollout/maxFailures", rollout.maxFailures(), Integer.MAX_VALUE);
        notYet("/rollout/maxUnavailable", rollout.maxUnavailable(), 1);
        notYet("/rollout/canaryPools", rollout.canaryPools(), 0);
        notYet("/rollout/canarySoak", rollout.canarySoak(), null);
        notYet("/rollout/maxInPlace", rollout.maxInPlace(), 1);
        notYet("/rollout/inPlaceSoak", rollout.inPlaceSoak(), null);
        notYet("/rollout/continueAfterHostFailure", rollout.continueAfterHostFailure(), false);
    }

    private void later(UpdateJobRequest request) {
        notYet("/assessmentId", request.assessmentId(), null);
        notYet("/onForeignTask", request.onForeignTask(), OnForeignTask.FAIL_HOST);
        if (request.evacuation() != null) {
            notYet("/evacuation/networkUuid", request.evacuation().networkUuid(), null);
            notYet("/evacuation/concurrency", request.evacuation().concurrency(), null);
        }
        notYet("/timeouts", request.timeouts(), Map.of());
        notYet("/hostNotBack", request.hostNotBack(), Map.of());
    }

    private void atLeastOne(String pointer, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            error(pointer, most == Integer.MAX_VALUE ? "must be at least 1" : "must be from 1 to " + most);
        }
    }

    private void notYet(String pointer, @Nullable Object given, @Nullable Object usual) {
        if (given != null && !given.equals(usual)) {
            error(pointer, "this version does not do that yet; leave it out");
        }
    }

    private void error(String pointer, String message) {
        errors.add(new FieldError(pointer, message));
    }
}
