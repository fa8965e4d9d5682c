package io.xenpatch.precheck;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that speaks for and against a plan: the rules in the order in which an administrator wants to read them. */
public final class Prechecks {

    private static final List<Precheck> RULES = List.of(
            new ChannelSupported(),
            new PoolFree(),
            new PermissionsGranted(),
            new OperationsInProgress(),
            new BusyGuests(),
            new BusyStorage(),
            new MarkersOfOthers(),
            new TasksOfOthers(),
            new HostsLive(),
            new ClocksAgree(),
            new CertificatesValid(),
            new CoordinatorIncluded(),
            new CoordinatorNotOlder(),
            new HostVersionsAlike(),
            new RollingUpgrade(),
            new HaOff(),
            new WlbOff(),
            new StorageAttached(),
            new ClusterHealthy(),
            new RepositoryEnabled(),
            new RepositorySynchronised(),
            new UpdatesListed(),
            new HashAsRequired(),
            new MandatoryGuidanceFirst(),
            new UpdateUploaded(),
            new SequenceFindings(),
            new SwitchController(),
            new LegacySsl(),
            new RemotePowerOn(),
            new ContainerPack(),
            new ParavirtualGuests(),
            new ClusteringBeforeLima(),
            new ServerPrecheck(),
            new PackagesKnown(),
            new EnoughDiskSpace(),
            new MaintenanceRespected(),
            new LivePatchRequired(),
            new CoordinatorRestartPending(),
            new PendingTasks(),
            new PendingVmTasks(),
            new AutomaticRestartsAllowed(),
            new EvacuationTargets(),
            new Evacuable(),
            new RollingOrderFits(),
            new DiscsInserted(),
            new AutoStart(),
            new PoolAutoStart(),
            new HostOutcomes(),
            new ManualActions(),
            new LivePatchingIgnored(),
            new UpToDate(),
            new NoRollback());

    /** The warnings that a request may have to acknowledge: what the new version drops for good. */
    public static final Set<String> FOR_A_PERSON = Set.of("CONTAINER_PACK_INSTALLED", "PARAVIRTUAL_GUESTS");

    private Prechecks() {}

    /** Judges by every rule: BLOCKING rows first, otherwise in the order of the rules. A rule that throws blocks (P4.2). */
    public static List<PrecheckRow> judge(Situation situation) {
        return judge(situation, RULES);
    }

    static List<PrecheckRow> judge(Situation situation, List<Precheck> rules) {
        return rules.stream()
                .flatMap(rule -> rowsOf(rule, situation).stream())
                .sorted(Comparator.comparing(row -> !row.isBlocking()))
                .toList();
    }

    /** Whether nothing may start. */
    public static boolean blocked(List<PrecheckRow> rows) {
        return rows.stream().anyMatch(PrecheckRow::isBlocking);
    }

    private static List<PrecheckRow> rowsOf(Precheck rule, Situation situation) {
        try {
            return rule.judge(situation);
        } catch (RuntimeException broken) {
            return List.of(checkFailed(rule, situation, broken));
        }
    }

    private static PrecheckRow checkFailed(Precheck rule, Situation situation, RuntimeException broken) {
        String name = rule.getClass().getSimpleName();
        return new PrecheckRow(
                "CHECK_FAILED",
                Severity.BLOCKING,
                Scope.POOL,
                situation.pool().uuid().value(),
                situation.pool().uuid().value(),
                null,
                "The check " + name + " failed",
                "Xenpatch could not judge this, so it does not go on. This is a defect of Xenpatch or an answer of the pool "
                        + "that it does not understand: please report it with the parameters of this row.",
                Map.of("check", name, "error", broken.toString()),
                null,
                false);
    }
}
