package io.xenpatch.assessment;

import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.assessment.UpdateRequest.Choice;
import io.xenpatch.assessment.UpdateRequest.Target;
import io.xenpatch.caller.Caller;
import io.xenpatch.pool.Pools;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the shared part of the requests of assessments and jobs, so that both accept and refuse the same. */
@Component
public class UpdateRequests {

    private final Pools pools;
    private final KnownUpdates updates;

    UpdateRequests(Pools pools, KnownUpdates updates) {
        this.pools = pools;
        this.updates = updates;
    }

    /**
     * Makes sense of a request. May ask a pool whether it knows the update.
     *
     * @throws ProblemException {@code validation-failed} or {@code conflicting-fields} with JSON pointers, {@code
     *     pool-not-found}, {@code host-not-found}, {@code update-not-found}
     */
    public ChosenUpdate check(Caller caller, UpdateRequest request) {
        return check(caller, request, List.of());
    }

    /**
     * The same, for a request with more fields than these.
     *
     * @param others what was found wrong with those, so that one answer names everything
     */
    public ChosenUpdate check(Caller caller, UpdateRequest request, List<FieldError> others) {
        List<FieldError> errors = new ArrayList<>(others);
        errors.addAll(Policies.errors(request));
        UUID update = update(request.update(), errors);
        List<Target> targets = Objects.requireNonNullElse(request.targets(), List.of());
        Shapes.check(targets, errors);
        if (!errors.isEmpty() || update == null) {
            throw new ProblemException(
                    ProblemType.VALIDATION_FAILED, "The request has fields that are not valid.", errors, Map.of());
        }
        Policies.refuseConflicts(request);
        List<TargetPool> chosen = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            chosen.add(target(caller, targets.get(i), i));
        }
        UpdateUuid uuid = new UpdateUuid(update);
        chosen.forEach(target -> updates.require(caller, target, uuid));
        return new ChosenUpdate(chosen, uuid, Policies.of(request));
    }

    private static @Nullable UUID update(@Nullable Choice choice, List<FieldError> errors) {
        if (choice == null) {
            errors.add(new FieldError("/update", "say which update, for example {\"uuid\": \"…\"}"));
            return null;
        }
        boolean latest = Boolean.TRUE.equals(choice.latest());
        boolean tasksOnly = Boolean.TRUE.equals(choice.pendingTasksOnly());
        long forms = List.of(choice.uuid() != null, latest, choice.hash() != null, tasksOnly).stream()
                .filter(given -> given)
                .count();
        if (forms > 1) {
            throw new ProblemException(
                    ProblemType.CONFLICTING_FIELDS,
                    "update takes exactly one of uuid, latest, hash and pendingTasksOnly.",
                    List.of(new FieldError("/update", "exactly one of uuid, latest, hash and pendingTasksOnly")),
                    Map.of());
        }
        if (latest) {
            errors.add(notYet("/update/latest"));
        } else if (choice.hash() != null) {
            errors.add(notYet("/update/hash"));
        } else if (tasksOnly) {
            errors.add(notYet("/update/pendingTasksOnly"));
        } else if (choice.uuid() == null) {
            errors.add(new FieldError("/update/uuid", "is missing"));
        }
        return choice.uuid();
    }

    private static FieldError notYet(String pointer) {
        return new FieldError(pointer, "this version does not do that yet; choose an update by its uuid");
    }

    private TargetPool target(Caller caller, Target target, int index) {
        PoolUuid pool = new PoolUuid(Objects.requireNonNull(target.poolUuid()));
        Pools.PoolName name = pools.get(caller, pool);
        Set<HostUuid> hosts = new LinkedHashSet<>();
        List<UUID> named = Objects.requireNonNullElse(target.hostUuids(), List.of());
        for (int j = 0; j < named.size(); j++) {
            HostUuid host = new HostUuid(named.get(j));
            if (!pools.poolOf(caller, host).equals(pool)) {
                throw ProblemException.invalid(
                        "/targets/" + index + "/hostUuids/" + j, "names a host of another pool than " + name.name());
            }
            hosts.add(host);
        }
        return new TargetPool(pool, name.name(), name.labels(), hosts);
    }
}
