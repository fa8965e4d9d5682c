package io.xenpatch.job;

import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.StepType;
import io.xenpatch.xapi.XapiTaskRecord;
import io.xenpatch.xen.HostSnapshot;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the XAPI task of a call whose answer nobody heard: the caller died, or the connection was lost. A task is taken for ours only
 * where the host itself shows it as the step's operation; what shows in no host's operations is waited for instead
 * (ARCHITECTURE "Recovery").
 */
final class Adopting {

    private Adopting() {}

    /** @return empty when there is nothing to adopt */
    static Optional<Tick> slice(Slice slice, HostUpdate host, Step step, HostLook look) {
        String operation = operation(step.type());
        if (operation.isEmpty()
                || step.task() != null
                || step.call() != CallFate.MAYBE_SENT
                || look.host().filter(seen -> seen.isBusyWith(operation)).isEmpty()) {
            return Optional.empty();
        }
        HostSnapshot seen = look.host().get();
        return Recovering.since(slice, host, step)
                .filter(task ->
                        operation.equals(seen.currentOperations().get(task.ref().value())))
                .map(XapiTaskRecord::ref)
                .findFirst()
                .map(task -> {
                    slice.save(
                            host,
                            step.accepted(task),
                            slice.hostEvent(
                                    "xapi-call.adopted",
                                    host,
                                    Map.of("step", step.type().name(), "task", task.value())));
                    return Tick.at(slice.time());
                });
    }

    /** XAPI's word for what a host does during the call; empty where it shows nothing. */
    private static String operation(StepType type) {
        return switch (type) {
            case EVACUATE -> "evacuate";
            case APPLY_UPDATE -> "apply_updates";
            case ENABLE_HOST -> "enable";
            case REBOOT -> "reboot";
            default -> "";
        };
    }
}
