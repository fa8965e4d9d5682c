package io.xenpatch.assessment;

import io.xenpatch.assessment.UpdateRequest.Target;
import io.xenpatch.problem.ProblemException.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be said against targets without knowing any pool. */
final class Shapes {

    private Shapes() {}

    static void check(List<@Nullable Target> targets, List<FieldError> errors) {
        if (targets.isEmpty()) {
            errors.add(new FieldError("/targets", "name at least one pool"));
        }
        Set<UUID> pools = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            String pointer = "/targets/" + i;
            Target target = targets.get(i);
            UUID pool = target == null ? null : target.poolUuid();
            if (pool == null) {
                errors.add(new FieldError(pointer + "/poolUuid", "is missing"));
            } else if (!pools.add(pool)) {
                errors.add(new FieldError(pointer + "/poolUuid", "names a pool that is a target already"));
            }
            if (target != null && target.hostUuids() != null) {
                hosts(target.hostUuids(), pointer + "/hostUuids", errors);
            }
        }
    }

    private static void hosts(List<@Nullable UUID> hosts, String pointer, List<FieldError> errors) {
        if (hosts.isEmpty()) {
            errors.add(new FieldError(pointer, "is empty; leave it out to mean every host"));
        }
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < hosts.size(); i++) {
            UUID host = hosts.get(i);
            if (host == null) {
                errors.add(new FieldError(pointer + "/" + i, "is null"));
            } else if (!seen.add(host)) {
                errors.add(new FieldError(pointer + "/" + i, "names a host that is named already"));
            }
        }
    }
}
