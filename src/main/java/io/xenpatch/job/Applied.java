package io.xenpatch.job;

import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.TaskFate;
import io.xenpatch.plan.UpdateContent;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchFailure;
import io.xenpatch.xen.PackagesInstalled;
import io.xenpatch.xen.UpdaterRefusal;
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

    /** Keeps what a task that succeeded said; where it is lost, the host's lists tell the same of live patches. */
    static Step keep(Slice slice, HostUpdate host, Step step, HostLook look) {
        if (!(look.task() instanceof XapiTask.Succeeded answer)) {
            return step;
        }
        return slice.pool()
                .content(host, step)
                .map(content -> content.fold(
                        image -> step,
                        hash -> livePatches(slice, step, answer),
                        () -> step.keeping(
                                json(slice.xapi().packages().installed(answer).names()))))
                .orElse(step);
    }

    private static Step livePatches(Slice slice, Step step, XapiTask.Succeeded answer) {
        try {
            return step.keeping(
                    json(slice.xapi().repositories().warnings(answer).livePatchFailures()));
        } catch (XapiFailure unreadable) {
            LOG.warn(
                    "What the apply said of live patches can't be read, so only the host's lists tell: {}",
                    unreadable.getMessage());
            return step;
        }
    }

    private static String json(Object said) {
        return JsonMapper.shared().writeValueAsString(said);
    }

    /** A task that succeeded with an answer that says no: older updater plugins of XCP-ng do so. */
    static Optional<Failure> refusal(Slice slice, HostUpdate host, Step step, HostLook look) {
        boolean packages = step.type() == StepType.APPLY_UPDATE
                && slice.pool()
                        .content(host, step)
                        .filter(UpdateContent.Packages.class::isInstance)
                        .isPresent();
        if (!packages || !(look.task() instanceof XapiTask.Succeeded answer)) {
            return Optional.empty();
        }
        try {
            slice.xapi().packages().installed(answer);
            return Optional.empty();
        } catch (XapiFailure.Refused refused) {
            return Optional.of(new Failure(
                    "APPLY_FAILED",
                    "The package manager of host " + host.name()
                            + " failed. Packages may be installed in part: the host stays as"
                            + " it is. Run yum update on it to see why, before it is used again.",
                    AssertEvacuable.error(new XapiTask.Failed(refused.code(), refused.parameters()))));
        } catch (XapiFailure.AnswerLost unreadable) {
            return Optional.of(Failure.of(
                    "APPLY_OUTCOME_UNKNOWN",
                    "The updater plugin of host " + host.name() + " answered something that is no answer: "
                            + unreadable.getMessage()
                            + ". The host stays as it is. Look at its packages (yum check-update)."));
        }
    }

    /** Packages that the apply says it installed; empty also where nobody knows what it said. */
    static PackagesInstalled installed(HostUpdate host) {
        return said(host)
                .map(json -> new PackagesInstalled(List.of(JsonMapper.shared().readValue(json, String[].class))))
                .orElse(PackagesInstalled.UNKNOWN);
    }

    /** Live patches that could not be loaded, as the apply said; empty also where nobody knows what it said. */
    static List<LivePatchFailure> livePatchFailures(HostUpdate host) {
        return said(host)
                .map(json -> List.of(JsonMapper.shared().readValue(json, LivePatchFailure[].class)))
                .orElse(List.of());
    }

    /** Whether the host shows what was applied, or the apply itself said that all is there. */
    static boolean isThere(PoolUpdate pool, HostUpdate host, Step step, HostSnapshot seen) {
        return said(host).isPresent()
                || pool.content(host, step)
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
    static boolean isHalfDone(PoolUpdate pool, HostUpdate host, Step step, Failure why) {
        List<String> error = why.xapiError();
        boolean didNothing = step.call() == CallFate.NOT_HAPPENED || isOnlyBusy(error);
        if (step.type() != StepType.APPLY_UPDATE || didNothing) {
            return false;
        }
        return pool.content(host, step)
                .map(content -> content.fold(
                        image -> false,
                        hash -> !error.isEmpty() && !NOTHING_INSTALLED.contains(error.get(0)),
                        () -> mayHaveInstalled(error)))
                .orElse(false);
    }

    /** Somebody else worked on the pool or host all the time: refused before anything began. */
    private static boolean isOnlyBusy(List<String> error) {
        return !error.isEmpty() && new TaskFate.Failed(error.get(0), error.subList(1, error.size())).isPassing();
    }

    private static boolean mayHaveInstalled(List<String> error) {
        return error.isEmpty()
                || !UpdaterRefusal.of(error.get(0), error.subList(1, error.size()))
                        .nothingHappened();
    }
}
