package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A job on two hosts with fixes, on each channel, whose process dies at each of its commits in turn ({@code -Pfull}; else at every twelfth): before it and after it, which is also
 * before and after each call to the pool. Whoever goes on finishes everything and does nothing twice. {@link TroubleTests} has what
 * happens around a job.
 */
class EveryCommitTests {
    private static final int MOST_COMMITS = 400;

    /** With {@code -Pfull} each of them, else every twelfth, others in each of the nine tests. */
    private static final int EVERY = Integer.getInteger("xenpatch.situations", 1000) < 2000 ? 12 : 1;

    private static final Set<String> MET = ConcurrentHashMap.newKeySet();

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "IMAGE, DIES_BEFORE", "IMAGE, DIES_AFTER", "IMAGE, ANSWER_LOST",
        "REPOSITORY, DIES_BEFORE", "REPOSITORY, DIES_AFTER", "REPOSITORY, ANSWER_LOST",
        "PACKAGES, DIES_BEFORE", "PACKAGES, DIES_AFTER", "PACKAGES, ANSWER_LOST"
    })
    void aDeathAtAnyCommitLosesNothingAndRepeatsNothing(TestChannel channel, Loss loss) {
        AtomicInteger commits = new AtomicInteger();
        check(channel, loss, Integer.MAX_VALUE, commits);
        assertThat(commits.get()).as("commits of a job that nothing happens to").isBetween(60, MOST_COMMITS);

        IntStream.range(0, commits.get())
                .filter(at -> at % EVERY == (channel.ordinal() * 3 + loss.ordinal()) % EVERY)
                .parallel()
                .forEach(at -> check(channel, loss, at, new AtomicInteger()));
    }

    /** What it is worth depends on what was met. */
    @AfterAll
    static void someStepOfEachKindWasUnderWay() {
        assertThat(MET)
                .contains(
                        "FIX RUNNING",
                        "DISABLE_HOST RUNNING",
                        "EVACUATE RUNNING",
                        "APPLY_UPDATE RUNNING",
                        "REBOOT RUNNING",
                        "ENABLE_HOST RUNNING",
                        "RESTORE_VMS RUNNING",
                        "VERIFY SUCCEEDED");
    }

    private void check(TestChannel channel, Loss loss, int at, AtomicInteger commits) {
        try (VirtualRun run = VirtualRun.of(RandomSituation.quick(pool(channel)))) {
            Map<VmUuid, HostUuid> homes = run.homes();
            String before = run.seen().ha() + " " + run.seen().wlbEnabled() + " " + drives(run);
            loss.strikes(run.store(), after -> {
                boolean strikes = commits.getAndIncrement() == at;
                if (strikes) {
                    note(after);
                }
                return strikes;
            });

            PoolUpdate ended = run.job(
                    channel.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults().allowing(Set.of("HA_OFF", "WLB_OFF", "EJECT_CD")));

            String what = channel + ", " + loss + " " + at + ": " + ended;
            assertThat(ended.state()).as(what).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).as(what).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED))
                    .as(what)
                    .containsExactlyElementsOf(run.inOrder().subList(0, 2));
            assertThat(run.journal(JournalAction.APPLY))
                    .as(what)
                    .filteredOn(EveryCommitTests::installsSomething)
                    .extracting(JournalEntry::hostUuid)
                    .containsExactlyElementsOf(run.inOrder().subList(0, 2));
            assertThat(new HashSet<>(run.journal(JournalAction.APPLY))).as(what).hasSizeBetween(2, 3);
            assertThat(run.homes()).as(what).isEqualTo(homes);
            assertThat(run.seen().hosts()).as(what).allMatch(HostSnapshot::enabled);
            assertThat(run.seen().ha() + " " + run.seen().wlbEnabled() + " " + drives(run))
                    .as(what)
                    .isEqualTo(before);
        }
    }

    /** Asking XCP-ng's plugin once more installs nothing, and is the only way to know. */
    private static boolean installsSomething(JournalEntry apply) {
        return !apply.detail().equals("nothing");
    }

    private void note(PoolUpdate saved) {
        saved.hosts().stream()
                .flatMap(host -> host.steps().stream())
                .filter(step -> step.state() != StepState.PENDING)
                .forEach(step -> MET.add(step.type() + " " + step.state()));
    }

    private static String drives(VirtualRun run) {
        return run.seen().vms().stream()
                .map(vm -> vm.name() + vm.drives())
                .sorted()
                .collect(Collectors.joining());
    }

    private static PoolScenario pool(TestChannel channel) {
        return channel.offering(
                UpdateSet.REBOOT,
                Scenario.pool("every")
                        .hosts(2)
                        .vmsEach(1)
                        .haEnabled()
                        .wlbEnabled()
                        .vm("reader", VmScenario::cdInserted));
    }

    /** What becomes of a commit. */
    enum Loss {
        DIES_BEFORE,
        DIES_AFTER,
        /** The process lives on and does not know whether the commit happened; it did. */
        ANSWER_LOST;

        void strikes(MemoryJobStore store, java.util.function.Predicate<PoolUpdate> when) {
            switch (this) {
                case DIES_BEFORE -> store.dieWhen(when, false);
                case DIES_AFTER -> store.dieWhen(when, true);
                case ANSWER_LOST -> store.loseTheAnswerWhen(when);
            }
        }
    }
}
