package io.xenpatch.precheck;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.PlannedFix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found, and what the job does against it itself.
 *
 * @param rows those that are cured no longer block; they say by which fixes
 * @param fixes each thing once, in the order of the rows; a pool's before those of hosts and guests
 */
record Cures(List<PrecheckRow> rows, List<PlannedFix> fixes) {

    Cures {
        rows = List.copyOf(rows);
        fixes = List.copyOf(fixes);
    }

    static Cures of(Situation situation, List<PrecheckRow> found) {
        List<PrecheckRow> rows = new ArrayList<>();
        List<PlannedFix> fixes = new ArrayList<>();
        List<PlannedFix> all = found.stream()
                .flatMap(row -> FixPlan.of(row, situation).stream())
                .toList();
        for (PrecheckRow each : found) {
            PrecheckRow row = each.acknowledge() ? told(each, situation) : each;
            List<PlannedFix> cure = FixPlan.of(row, situation);
            Optional<String> hindrance = cure.stream()
                    .flatMap(fix -> FixPlan.hindrance(fix, situation, all).stream())
                    .findFirst();
            if (cure.isEmpty()) {
                rows.add(row);
            } else if (hindrance.isPresent()) {
                rows.add(with(
                        row,
                        row.severity(),
                        " The request allows the job to cure this, but " + hindrance.get() + ".",
                        "notFixedBecause",
                        hindrance.get()));
            } else {
                cure.forEach(fix -> add(fixes, fix));
                rows.add(cured(row, cure));
            }
        }
        if (fixes.stream().anyMatch(Cures::stopsAutoStart)) {
            // without the pool's switch, the marks of its guests start nothing
            fixes.removeIf(fix -> fix.code() == FixCode.AUTO_START_OFF && !stopsAutoStart(fix));
        }
        fixes.sort((one, other) -> Boolean.compare(one.host() != null, other.host() != null));
        return new Cures(rows, fixes);
    }

    private static boolean stopsAutoStart(PlannedFix fix) {
        return fix.code() == FixCode.AUTO_START_OFF && fix.host() == null;
    }

    private static void add(List<PlannedFix> fixes, PlannedFix fix) {
        for (int at = 0; at < fixes.size(); at++) {
            if (fixes.get(at).isSameAs(fix)) {
                fixes.set(at, fix.needed() ? fix : fixes.get(at));
                return;
            }
        }
        fixes.add(fix);
    }

    private static PrecheckRow cured(PrecheckRow row, List<PlannedFix> cure) {
        boolean stops = cure.stream().anyMatch(fix -> fix.code().interruptsGuest());
        List<String> codes =
                cure.stream().map(fix -> fix.code().name()).distinct().sorted().toList();
        List<String> deeds =
                cure.stream().map(fix -> fix.code().description()).distinct().toList();
        return with(
                row,
                stops ? Severity.WARNING : Severity.INFO,
                " The request allows the job to do this by itself: " + String.join(" ", deeds),
                "fixedBy",
                codes);
    }

    /** In the way no longer where the request says that it is known; else with the words to say so. */
    private static PrecheckRow told(PrecheckRow row, Situation situation) {
        return situation.policy().acknowledged().contains(row.code())
                ? with(row, row.severity(), "", "acknowledged", true, false)
                : with(
                        row,
                        row.severity(),
                        " Where that is known and meant, the request says so: acknowledge: [\"" + row.code() + "\"].",
                        "acknowledged",
                        false,
                        true);
    }

    private static PrecheckRow with(PrecheckRow row, Severity severity, String more, String name, Object fact) {
        return with(row, severity, more, name, fact, row.acknowledge());
    }

    private static PrecheckRow with(
            PrecheckRow row, Severity severity, String more, String name, Object fact, boolean acknowledge) {
        Map<String, Object> facts = new TreeMap<>(row.parameters());
        facts.put(name, fact);
        return new PrecheckRow(
                row.code(),
                severity,
                row.scope(),
                row.subjectUuid(),
                row.poolUuid(),
                row.hostUuid(),
                row.title(),
                (row.detail() + more).strip(),
                facts,
                row.fix(),
                acknowledge);
    }
}
