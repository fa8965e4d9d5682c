package io.xenpatch.assessment;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.precheck.Prechecks;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies of a request, with the defaults for what it does not say. */
final class Policies {

    private static final UpdatePolicy DEFAULTS = UpdatePolicy.defaults();

    private static final List<String> FIXES = Stream.concat(
                    Stream.of(FixCode.ALL), Arrays.stream(FixCode.values()).map(Enum::name))
            .toList();

    private static final List<String> WARNINGS =
            Prechecks.FOR_A_PERSON.stream().sorted().toList();

    private Policies() {}

    static List<FieldError> errors(UpdateRequest request) {
        List<FieldError> errors = new ArrayList<>();
        if (request.fixes() != null) {
            errors.addAll(unknown("/fixes/", request.fixes(), FIXES));
        }
        if (request.acknowledge() != null) {
            errors.addAll(unknown("/acknowledge/", request.acknowledge(), WARNINGS));
        }
        if (request.guidanceLevels() != null
                && request.guidanceLevels().stream().anyMatch(Objects::isNull)) {
            errors.add(new FieldError("/guidanceLevels", "holds null"));
        }
        return errors;
    }

    private static List<FieldError> unknown(String pointer, List<String> given, List<String> known) {
        List<FieldError> errors = new ArrayList<>();
        for (int index = 0; index < given.size(); index++) {
            String code = Objects.requireNonNullElse(given.get(index), "");
            if (!known.contains(code)) {
                errors.add(new FieldError(pointer + index, "must be one of " + String.join(", ", known)));
            } else if (given.indexOf(code) < index) {
                errors.add(new FieldError(pointer + index, "is named twice"));
            }
        }
        return errors;
    }

    /** R9: what would have to reboot must not be required to be live patched. */
    static void refuseConflicts(UpdateRequest request) {
        if (request.livePatching() == LivePatching.REQUIRE
                && request.onLivePatchFailure() == OnLivePatchFailure.REBOOT) {
            String message = "livePatching REQUIRE means without any reboot, so onLivePatchFailure can't be REBOOT";
            throw new ProblemException(
                    ProblemType.CONFLICTING_FIELDS,
                    message + ".",
                    List.of(new FieldError("/onLivePatchFailure", message)),
                    Map.of());
        }
    }

    static UpdatePolicy of(UpdateRequest request) {
        return new UpdatePolicy(
                or(request.mode(), DEFAULTS.mode()),
                or(request.livePatching(), DEFAULTS.livePatching()),
                or(request.onLivePatchFailure(), DEFAULTS.onLivePatchFailure()),
                or(request.onBlocker(), DEFAULTS.onBlocker()),
                or(request.onMaintenance(), DEFAULTS.onMaintenance()),
                request.guidanceLevels() == null ? DEFAULTS.guidanceLevels() : Set.copyOf(request.guidanceLevels()),
                or(request.vmPlacementAfter(), DEFAULTS.vmPlacementAfter()),
                request.fixes() == null ? DEFAULTS.fixes() : Set.copyOf(request.fixes()),
                or(request.leaveDisabled(), DEFAULTS.leaveDisabled()),
                or(request.onUpdatesChanged(), DEFAULTS.onUpdatesChanged()),
                or(request.vmRestarts(), DEFAULTS.vmRestarts()),
                request.acknowledge() == null ? DEFAULTS.acknowledged() : Set.copyOf(request.acknowledge()));
    }

    private static <T> T or(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }
}
