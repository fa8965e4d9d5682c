package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.VmSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What must be so after every history, whatever happened in it: looked up in the simulator's journal and in the store, not in the service. */
final class SeedInvariants {
    private final SeedRun run;
    private final PoolUpdate did;
    private final Optional<PoolSnapshot> seen;
    private final List<String> broken = new ArrayList<>();

    private SeedInvariants(SeedRun run) {
        this.run = run;
        this.did = run.result();
        this.seen = run.after();
    }

    /** @return what is broken, in words; empty = nothing */
    static List<String> broken(SeedRun run) {
        SeedInvariants check = new SeedInvariants(run);
        check.all();
        return check.broken;
    }

    private void all() {
        broken.addAll(run.twoOwners());
        everythingHasAnEnd();
        noMoreRebootsThanWereDecided();
        nothingIsAppliedTwice();
        noHostIsRebootedWithGuests();
        noMemberBeforeItsCoordinator();
        oneHostAwayAtOnce();
        historyAndJournalAgree();
        seen.ifPresent(after -> {
            hostsThatWeDisabledAreEnabledOrReported(after);
            guestsAreHomeOrReported(after);
            fixesAreTakenBackOrReported(after);
        });
    }

    private void require(boolean so, String what) {
        if (!so) {
            broken.add(what);
        }
    }

    private void everythingHasAnEnd() {
        require(did.state().isTerminal(), "the pool update has no end: " + did.state());
        did.hosts().forEach(host -> require(host.state().isTerminal(), "host " + host.name() + " has no end"));
        if (did.state() == PoolUpdateState.REJECTED) {
            require(journal(JournalAction.APPLY).isEmpty(), "REJECTED, but something was applied");
        }
    }

    private List<JournalEntry> journal(JournalAction action) {
        return run.journal().stream().filter(entry -> entry.action() == action).toList();
    }

    private long count(JournalAction action, HostUpdate host) {
        return journal(action).stream()
                .filter(entry -> entry.hostUuid().equals(host.host().toString()))
                .filter(entry -> !entry.detail().equals("died"))
                .count();
    }

    /** R21: each reboot has a step that asked for it, and a step's second call its fifteen quiet minutes. */
    private void noMoreRebootsThanWereDecided() {
        for (HostUpdate host : did.hosts()) {
            long asked = host.steps().stream()
                    .filter(step -> step.type() == StepType.REBOOT && step.intentAt() != null)
                    .count();
            long reboots = count(JournalAction.REBOOT_STARTED, host);
            require(reboots <= asked, host.name() + " was rebooted " + reboots + " times for " + asked + " steps");
        }
        Set<String> ours = new HashSet<>(
                did.hosts().stream().map(host -> host.host().toString()).toList());
        journal(JournalAction.REBOOT_STARTED).stream()
                .filter(entry -> !entry.detail().equals("died"))
                .forEach(entry -> require(ours.contains(entry.hostUuid()), "a host that is no target was rebooted"));
    }

    private void nothingIsAppliedTwice() {
        Map<String, Integer> applied = new HashMap<>();
        journal(JournalAction.APPLY).stream()
                .filter(entry -> entry.detail().equals("ok"))
                .forEach(entry -> applied.merge(entry.hostUuid() + " " + entry.subject(), 1, Integer::sum));
        applied.forEach((what, times) -> require(times == 1, what + " was applied " + times + " times"));
    }

    /** R17. What a person started or moved there in the last moment is theirs. */
    private void noHostIsRebootedWithGuests() {
        boolean persons = run.plan().events().values().stream()
                .anyMatch(event -> event == SeedEvent.PERSON_STARTS_A_VM || event == SeedEvent.PERSON_MOVES_A_VM);
        Set<String> died = new HashSet<>();
        for (JournalEntry entry : run.journal()) {
            if (entry.action() == JournalAction.REBOOT_STARTED && entry.detail().equals("died")) {
                died.add(entry.hostUuid());
            }
            if (entry.action() == JournalAction.VM_SHUTDOWN && entry.detail().equals("host reboot")) {
                require(
                        persons || died.contains(entry.hostUuid()),
                        "a guest ran on " + entry.hostUuid() + " when it was rebooted");
            }
        }
    }

    /** R13, where the pool keeps its coordinator. */
    private void noMemberBeforeItsCoordinator() {
        if (!journal(JournalAction.COORDINATOR_CHANGED).isEmpty()) {
            return;
        }
        String coordinator = run.before().coordinator().toString();
        boolean lacked = did.hosts().stream()
                .anyMatch(host -> host.host().toString().equals(coordinator)
                        && host.steps().stream().anyMatch(step -> step.type() == StepType.APPLY_UPDATE));
        List<JournalEntry> applies = journal(JournalAction.APPLY);
        if (lacked && !applies.isEmpty()) {
            require(applies.get(0).hostUuid().equals(coordinator), "a member was updated before its coordinator");
        }
    }

    /** R25: of the hosts that this job sent away. */
    private void oneHostAwayAtOnce() {
        if (run.plan().handsAreInThePool()) {
            return;
        }
        Set<String> away = new HashSet<>();
        Set<String> before = new HashSet<>(run.before().hosts().stream()
                .filter(host -> !host.enabled())
                .map(host -> host.uuid().toString())
                .toList());
        for (JournalEntry entry : run.journal()) {
            if (before.contains(entry.hostUuid())) {
                continue;
            }
            switch (entry.action()) {
                case DISABLE, REBOOT_STARTED -> away.add(entry.hostUuid());
                case ENABLE -> away.remove(entry.hostUuid());
                default -> {}
            }
            require(away.size() <= 1, "away at once: " + away + " at " + entry.at());
        }
    }

    private void hostsThatWeDisabledAreEnabledOrReported(PoolSnapshot after) {
        if (run.plan().handsAreInThePool()) {
            return;
        }
        for (HostUpdate host : did.hosts()) {
            boolean enabled =
                    after.host(host.host()).filter(HostSnapshot::enabled).isPresent();
            boolean was =
                    run.before().host(host.host()).filter(HostSnapshot::enabled).isPresent();
            boolean told = host.failure() != null
                    || host.state() == HostUpdateState.FAILED
                    || host.outcome() == HostOutcome.MANUAL_ACTION_LEFT
                    || !host.warnings().isEmpty();
            require(enabled || !was || told, host.name() + " was enabled and is not, and nobody is told");
        }
    }

    private void guestsAreHomeOrReported(PoolSnapshot after) {
        boolean quiet =
                !run.plan().handsAreInThePool() && run.plan().policy().vmPlacementAfter() == VmPlacementAfter.HOME;
        Map<io.xenpatch.xen.VmUuid, VmSnapshot> now = new HashMap<>();
        after.vms().forEach(vm -> now.put(vm.uuid(), vm));
        for (VmSnapshot vm : run.before().vms()) {
            VmSnapshot is = now.get(vm.uuid());
            require(is != null, vm.name() + " is lost");
            if (is == null || !quiet || !vm.powerState().isResident() || did.state() != PoolUpdateState.SUCCEEDED) {
                continue;
            }
            boolean told =
                    did.hosts().stream().anyMatch(host -> !host.warnings().isEmpty() || host.failure() != null)
                            || did.fixes().stream().anyMatch(fix -> fix.failure() != null);
            require(
                    told || Objects.equals(is.residentOn(), vm.residentOn()),
                    vm.name() + " is not home, and nobody is told");
        }
    }

    private void fixesAreTakenBackOrReported(PoolSnapshot after) {
        for (KeptFix fix : did.fixes()) {
            require(!fix.code().isReversible() || !fix.state().isStanding(), fix.code() + " is still " + fix.state());
        }
        if (!run.plan().handsAreInThePool()) {
            boolean told = did.fixes().stream()
                    .anyMatch(fix -> fix.state() == FixState.NOT_REVERTED || fix.state() == FixState.LEFT);
            require(
                    told || after.haEnabled() == run.before().haEnabled(),
                    "high availability was " + run.before().haEnabled() + " and is " + after.haEnabled());
            require(told || after.wlbEnabled() == run.before().wlbEnabled(), "workload balancing is not as it was");
        }
    }

    private void historyAndJournalAgree() {
        for (HostUpdate host : did.hosts()) {
            boolean rebooted = host.steps().stream().anyMatch(step -> step.isDone(StepType.REBOOT));
            if (rebooted) {
                require(
                        journal(JournalAction.REBOOT_FINISHED).stream()
                                .anyMatch(entry ->
                                        entry.hostUuid().equals(host.host().toString())),
                        host.name() + " has a reboot in its history that did not happen");
            }
            boolean untouched = host.state() == HostUpdateState.SKIPPED
                    && host.steps().stream()
                            .noneMatch(step -> step.type() == StepType.APPLY_UPDATE && step.call() != null);
            if (untouched) {
                require(
                        journal(JournalAction.APPLY).stream()
                                .noneMatch(entry ->
                                        entry.hostUuid().equals(host.host().toString())
                                                && entry.detail().equals("ok")),
                        host.name() + " was updated and its history says that it was not");
            }
            boolean owes = host.state() == HostUpdateState.SUCCEEDED
                    && host.outcome() == HostOutcome.REBOOTED
                    && !run.plan().has(FaultKind.HOST_RETURNS_LATE)
                    && did.policy().mode() == Mode.MANUAL;
            require(!owes, host.name() + " was rebooted in MANUAL mode");
        }
    }
}
