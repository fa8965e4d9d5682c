package io.xenpatch.assessment;

import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.assessment.UpdateRequest.Choice;
import io.xenpatch.assessment.UpdateRequest.Target;
import io.xenpatch.caller.Caller;
import io.xenpatch.plan.UpdateChoice;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the shared part of the requests of assessments and jobs, so that both accept and refuse the same. */
@Component
public class UpdateRequests {

    private static final Pattern HASH = Pattern.compile("[A-Za-z0-9]{1,256}");

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
        Optional<UpdateChoice> choice = choice(request.update(), errors);
        List<Target> targets = Objects.requireNonNullElse(request.targets(), List.of());
        Shapes.check(targets, errors);
        if (!errors.isEmpty() || choice.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        Policies.refuseConflicts(request);
        List<TargetPool> chosen = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            chosen.add(target(caller, targets.get(i), i));
        }
        choice.get().image().ifPresent(uuid -> chosen.forEach(target -> updates.require(caller, target, uuid)));
        return new ChosenUpdate(chosen, choice.get(), Policies.of(request));
    }

    private static Optional<UpdateChoice> choice(@Nullable Choice given, List<FieldError> errors) {
        if (given == null) {
            errors.add(new FieldError("/update", "say which update, for example {\"uuid\": \"…\"}"));
            return Optional.empty();
        }
        List<UpdateChoice> all = all(given, errors);
        if (all.size() > 1) {
            throw new ProblemException(
                    ProblemType.CONFLICTING_FIELDS,
                    "update takes exactly one of uuid, latest, hash and pendingTasksOnly.",
                    List.of(new FieldError("/update", "exactly one of uuid, latest, hash and pendingTasksOnly")),
                    Map.of());
        }
        if (all.isEmpty() && errors.isEmpty()) {
            errors.add(new FieldError("/update", "say one of uuid, latest, hash and pendingTasksOnly"));
        }
        return all.stream().findFirst();
    }

    /** The choice of a request that was checked. */
    static UpdateChoice choice(UpdateRequest checked) {
        return choice(checked.update(), new ArrayList<>()).orElseThrow();
    }

    private static List<UpdateChoice> all(Choice given, List<FieldError> errors) {
        List<UpdateChoice> all = new ArrayList<>();
        if (given.uuid() != null) {
            all.add(new UpdateChoice.Image(new UpdateUuid(given.uuid())));
        }
        if (Boolean.TRUE.equals(given.latest())) {
            all.add(new UpdateChoice.Latest());
        }
        String hash = given.hash();
        if (hash != null) {
            if (!HASH.matcher(hash).matches()) {
                errors.add(new FieldError("/update/hash", "must have 1 to 256 letters and digits"));
            }
            all.add(new UpdateChoice.AtHash(hash));
        }
        if (Boolean.TRUE.equals(given.pendingTasksOnly())) {
            all.add(new UpdateChoice.PendingTasksOnly());
        }
        return all;
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
