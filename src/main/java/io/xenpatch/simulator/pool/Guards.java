package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses what {@code allowed_operations} does not name, in the words of {@link OperationRules}. */
final class Guards {
    private final World world;

    Guards(World world) {
        this.world = world;
    }

    /** @throws ApiFailure when the pool does not allow the operation now */
    void pool(String operation) {
        var words =
                OperationRules.refusedOn(AllowedOperations.state(world.pool())).get(operation);
        if (words != null) {
            throw failure(words);
        }
    }

    /** Whether something in the pool must end first; the server itself waits for that. */
    boolean poolWaits(String operation) {
        return isConflict(
                OperationRules.refusedOn(AllowedOperations.state(world.pool())).get(operation));
    }

    /** Whether something on the host must end first; the server itself waits for that. */
    boolean waits(Machine machine, String operation) {
        return isConflict(
                OperationRules.refusedOn(AllowedOperations.state(machine)).get(operation));
    }

    /** @throws ApiFailure when the host does not allow the operation now */
    void host(Machine machine, String operation) {
        var words = OperationRules.refusedOn(AllowedOperations.state(machine)).get(operation);
        if (words != null) {
            throw failure(words);
        }
    }

    private static boolean isConflict(@Nullable List<String> words) {
        return words != null && OperationRules.OTHER.equals(words.get(0));
    }

    private static ApiFailure failure(List<String> words) {
        return new ApiFailure(words.get(0), words.subList(1, words.size()));
    }
}
