package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether every guest can leave the hosts that must be emptied, by what the server itself answers (xencenter.md §4.3, R37). */
final class Evacuable implements Precheck {

    private static final String NOT_PROTECTED = "HOST_EVACUATE_VM_NOT_HA_PROTECTED";

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.evacuating().stream()
                .filter(plan -> HostsLive.answers(situation, situation.host(plan.hostUuid())))
                .filter(plan -> !EvacuationTargets.hasNone(situation, plan.hostUuid()))
                .filter(plan -> !isAlone(situation))
                .flatMap(plan -> rows(situation, plan))
                .toList();
    }

    /** A host without others, and without guests, needs no answer. */
    private static boolean isAlone(Situation situation) {
        return situation.pool().hosts().size() == 1;
    }

    private static Stream<PrecheckRow> rows(Situation situation, HostPlan plan) {
        HostSnapshot host = situation.host(plan.hostUuid());
        Answer<Map<VmUuid, List<String>>> answer = situation.answers().evacuationBlockersOf(host.uuid());
        return answer.fold(
                blockers -> blocked(situation, host, blockers),
                failed -> Stream.of(failed(situation, host, failed.code(), failed.parameters())),
                notAsked -> Stream.of(failed(situation, host, "NO_ANSWER", List.of(notAsked.reason()))));
    }

    private static Stream<PrecheckRow> blocked(
            Situation situation, HostSnapshot host, Map<VmUuid, List<String>> blockers) {
        if (blockers.isEmpty()) {
            return Stream.of(Finding.of("EVACUABLE", Severity.OK, situation)
                    .on(host)
                    .says("Every VM can leave host " + host.name(), ""));
        }
        List<PrecheckRow> rows = new ArrayList<>();
        List<VmUuid> tooLarge = new ArrayList<>();
        TreeMap<String, VmUuid> byName = new TreeMap<>();
        blockers.keySet().forEach(vm -> byName.put(situation.vmName(vm) + " " + vm, vm));
        byName.values().forEach(vm -> {
            List<String> reason = blockers.getOrDefault(vm, List.of());
            if (!reason.isEmpty() && reason.get(0).equals(EvacuationBlocker.NOT_ENOUGH_MEMORY)) {
                tooLarge.add(vm);
            } else {
                rows.add(guest(situation, host, vm, reason));
                behindHa(situation, vm, reason).ifPresent(next -> rows.add(guest(situation, host, vm, next)));
            }
        });
        if (!tooLarge.isEmpty()) {
            rows.add(0, notEnoughMemory(situation, host, tooLarge));
        }
        return rows.stream();
    }

    /** The server gives one reason a guest; that of high availability, which is gone as soon as that is off, comes before storage. */
    private static Optional<List<String>> behindHa(Situation situation, VmUuid guest, List<String> reason) {
        return reason.contains(NOT_PROTECTED)
                ? situation.pool().vm(guest).stream()
                        .flatMap(vm -> vm.storage().stream())
                        .filter(sr -> situation
                                .pool()
                                .sr(sr)
                                .filter(known -> !known.shared())
                                .isPresent())
                        .findFirst()
                        .map(sr -> List.of("VM_REQUIRES_SR", guest.toString(), sr.toString()))
                : Optional.empty();
    }

    private static PrecheckRow guest(Situation situation, HostSnapshot host, VmUuid vm, List<String> reason) {
        EvacuationBlocker blocker = EvacuationBlocker.of(reason, vm, situation.pool());
        String name = situation.vmName(vm);
        Finding finding = Finding.of(blocker.code(), Severity.BLOCKING, situation)
                .on(vm, name, host.uuid())
                .with("host", host.name())
                .with("xapiError", reason)
                .curedBy(blocker.fix());
        blocker.facts().forEach(finding::with);
        return finding.says(
                "VM " + name + " can't leave host " + host.name() + ": " + blocker.why(),
                "The host must be emptied before it is restarted. " + blocker.cure());
    }

    private static PrecheckRow notEnoughMemory(Situation situation, HostSnapshot host, List<VmUuid> guests) {
        List<String> vms = guests.stream().map(situation::vmName).toList();
        return Finding.of("NOT_ENOUGH_MEMORY", Severity.BLOCKING, situation)
                .on(host)
                .with("vms", vms)
                .with("vmUuids", guests.stream().map(VmUuid::value).toList())
                .curedBy(Fixes.SUSPEND_VM)
                .says(
                        "The other hosts have too little free memory for the VMs of host " + host.name(),
                        "No place was found for " + String.join(", ", vms)
                                + ". Free memory in the pool: suspend or shut down VMs, or bring back hosts that are disabled.");
    }

    private static PrecheckRow failed(Situation situation, HostSnapshot host, String code, List<String> parameters) {
        List<String> verbatim = new ArrayList<>(List.of(code));
        verbatim.addAll(parameters);
        boolean silent = code.equals("NO_ANSWER");
        return Finding.of(silent ? "NO_ANSWER" : "EVACUATION_CHECK_FAILED", Severity.BLOCKING, situation)
                .on(host)
                .with("question", "host.get_vms_which_prevent_evacuation")
                .with("xapiError", List.copyOf(verbatim))
                .says(
                        "It is not known whether the VMs can leave host " + host.name(),
                        silent
                                ? "The server did not answer. The host must be emptied before it is restarted, so this must be "
                                        + "known first: try again."
                                : "The server's own words: " + String.join(", ", verbatim));
    }
}
