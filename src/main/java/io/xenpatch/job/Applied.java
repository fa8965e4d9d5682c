package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateContent;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What an apply from a repository said, and what became of it (xapi.md §7.8). */
final class Applied {
    private static final Logger LOG = LoggerFactory.getLogger(Applied.class);

    /** The server's checks before it installs anything, in their order. */
    private static final Set<String> NOTHING_INSTALLED = Set.of(
            "HOST_IS_SLAVE",
            "LICENCE_RESTRICTION",
            "HA_IS_ENABLED",
            "HOST_NOT_DISABLED",
            "HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY",
            "HOST_PENDING_MANDATORY_GUIDANCES_NOT_EMPTY",
            "NO_REPOSITORY_ENABLED",
            "MULTIPLE_UPDATE_REPOSITORIES_ENABLED",
            "UPDATEINFO_HASH_MISMATCH",
            "GET_HOST_UPDATES_FAILED",
            "HOST_EVACUATION_IS_REQUIRED");

    private static final String EVACUATION_IS_REQUIRED = "HOST_EVACUATION_IS_REQUIRED";

    private Applied() {}

    /** Keeps what a task that succeeded said of live patches; where it is lost, the host's lists tell the same. */
    static Step keep(Slice slice, Step step, HostLook look) {
        XapiTask task = look.task();
        return isFromRepository(slice.pool()) && task instanceof XapiTask.Succeeded answer
                ? keep(slice, step, answer)
                : step;
    }

    private static Step keep(Slice slice, Step step, XapiTask.Succeeded answer) {
        try {
            List<LivePatchFailure> failures =
                    slice.xapi().repositories().warnings(answer).livePatchFailures();
            return step.keeping(JsonMapper.shared().writeValueAsString(failures));
        } catch (XapiFailure unreadable) {
            LOG.warn(
                    "What the apply said of live patches can't be read, so only the host's lists tell: {}",
                    unreadable.getMessage());
            return step;
        }
    }

    /** Live patches that could not be loaded, as the apply said; empty also where nobody knows what it said. */
    static List<LivePatchFailure> livePatchFailures(HostUpdate host) {
        return said(host)
                .map(json -> List.of(JsonMapper.shared().readValue(json, LivePatchFailure[].class)))
                .orElse(List.of());
    }

    /** Whether the host shows what was applied, or the apply itself said that all is there. */
    static boolean isThere(PoolUpdate pool, HostUpdate host, HostSnapshot seen) {
        return said(host).isPresent()
                || pool.content()
                        .filter(content -> content.isOn(seen, since(host)))
                        .isPresent();
    }

    private static Optional<String> said(HostUpdate host) {
        return host.step(StepType.APPLY_UPDATE).map(Step::data);
    }

    /** The server's time when the apply was first intended. */
    static Instant since(HostUpdate host) {
        return host.step(StepType.APPLY_UPDATE)
                .map(Step::before)
                .map(before -> before.serverTime() == null ? before.at() : before.serverTime())
                .orElse(Instant.EPOCH);
    }

    /** The server refuses to install on a host with guests, although nothing foretold it; and it was not emptied before. */
    static boolean needsAnEmptyHost(HostUpdate host, Step step, List<String> error) {
        return step.type() == StepType.APPLY_UPDATE
                && error.contains(EVACUATION_IS_REQUIRED)
                && host.step(StepType.EVACUATE).isEmpty();
    }

    /** The repository was synchronised between the look at it and the apply (R15). */
    static boolean isOutdated(Step step, Failure why) {
        return step.type() == StepType.APPLY_UPDATE && why.xapiError().contains("UPDATEINFO_HASH_MISMATCH");
    }

    /** Whether packages may be installed in part, so that only a person can say what the host is good for. */
    static boolean isHalfDone(PoolUpdate pool, Step step, Failure why) {
        return step.type() == StepType.APPLY_UPDATE
                && isFromRepository(pool)
                && why.xapiError().stream()
                        .findFirst()
                        .filter(code -> !NOTHING_INSTALLED.contains(code))
                        .isPresent();
    }

    private static boolean isFromRepository(PoolUpdate pool) {
        return pool.content()
                .filter(UpdateContent.RepositoryState.class::isInstance)
                .isPresent();
    }
}
