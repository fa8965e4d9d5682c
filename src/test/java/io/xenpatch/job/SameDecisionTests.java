package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.assessment.DecisionView;
import io.xenpatch.assessment.Outcome;
import io.xenpatch.assessment.PoolReport;
import io.xenpatch.assessment.PrecheckView;
import io.xenpatch.assessment.TestAssessment;
import io.xenpatch.plan.Decider;
import io.xenpatch.plan.DecisionInputs;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostSteps;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.precheck.Severity;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.UpdateTask;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What an assessment says is what a job does (P8.1): random pools, updates and requests, each assessed and then carried out on the
 * same simulated pool in virtual time. A failing seed is named and makes the same situation again.
 */
class SameDecisionTests {
    /** As many as the build says; the profile {@code full} plays more. */
    private static final int SITUATIONS = Integer.getInteger("xenpatch.situations", 1000);

    private final Map<PoolUpdateState, Integer> ends = new EnumMap<>(PoolUpdateState.class);
    private final Map<HostOutcome, Integer> outcomes = new EnumMap<>(HostOutcome.class);
    private final Map<String, Integer> failures = new TreeMap<>();

    @Test
    void aJobDecidesAndDoesWhatTheAssessmentSaidInRandomSituations() {
        // each situation has a pool, a clock and a store of its own
        LongStream.range(0, SITUATIONS).parallel().forEach(this::check);
        System.out.println("Random situations: " + SITUATIONS + ", pools " + ends + ", hosts " + outcomes
                + ", failures " + failures);
        // what the comparison is worth depends on what was met
        assertThat(ends.keySet()).contains(PoolUpdateState.SUCCEEDED, PoolUpdateState.REJECTED, PoolUpdateState.FAILED);
        assertThat(outcomes.keySet())
                .contains(
                        HostOutcome.NO_ACTION,
                        HostOutcome.LIVE_PATCHED,
                        HostOutcome.TOOLSTACK_RESTARTED,
                        HostOutcome.REBOOTED,
                        HostOutcome.MANUAL_ACTION_LEFT);
    }

    /** One situation again: {@code -Dxenpatch.seed=334}. */
    @Test
    void aSeedThatFailedIsPlayedAgain() {
        check(Long.getLong("xenpatch.seed", 0));
    }

    private void check(long seed) {
        RandomSituation situation = RandomSituation.of(seed);
        try (VirtualRun run = VirtualRun.of(situation.scenario())) {
            UpdateChoice update = new UpdateChoice.Image(run.update(RandomSituation.UPDATE));
            Set<HostUuid> targets = situation.targets().stream()
                    .map(host -> HostUuid.of(run.pool().hostUuids().get(host)))
                    .collect(Collectors.toSet());
            PoolReport said = TestAssessment.of(
                    run.xapi(), update, targets, situation.policy(), run.pool(), run.pool()::advanceTo);
            int changesBefore = changes(run).size();

            PoolUpdate did = run.job(update, targets, situation.policy());

            new Comparison(seed, situation, said, did, run.pool().journal()).check(changesBefore, changes(run));
            count(did);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private synchronized void count(PoolUpdate did) {
        ends.merge(did.state(), 1, Integer::sum);
        did.hosts().stream()
                .map(HostUpdate::outcome)
                .filter(Objects::nonNull)
                .forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
        if (did.failure() != null && did.state() == PoolUpdateState.FAILED) {
            failures.merge(did.failure().code(), 1, Integer::sum);
        }
    }

    private static List<JournalEntry> changes(VirtualRun run) {
        return run.pool().journal().stream()
                .filter(entry -> entry.action() != JournalAction.PRECHECK)
                .toList();
    }

    /** What was said, what was done, and what the pool itself noted. */
    private record Comparison(
            long seed, RandomSituation situation, PoolReport said, PoolUpdate did, List<JournalEntry> journal) {

        void check(int changesBefore, List<JournalEntry> changesAfter) {
            assertThat(did.state() == PoolUpdateState.REJECTED)
                    .as("%s: rejected although the assessment does not block, or the other way round; %s", this, did)
                    .isEqualTo(said.outcome() == Outcome.BLOCKED);
            if (did.state() == PoolUpdateState.REJECTED) {
                assertThat(blockingCodes(did))
                        .as("%s: other reasons", this)
                        .isEqualTo(said.prechecks().stream()
                                .filter(row -> row.severity() == Severity.BLOCKING)
                                .map(PrecheckView::code)
                                .collect(Collectors.toSet()));
                assertThat(changesAfter).as("%s: rejected, but touched", this).hasSize(changesBefore);
                return;
            }
            did.hosts().forEach(this::checkEnd);
            Set<UUID> planned =
                    said.hosts().stream().map(DecisionView::hostUuid).collect(Collectors.toSet());
            Set<UUID> worked = new HashSet<>();
            did.hosts().stream().filter(host -> host.planned() != null).forEach(host -> {
                worked.add(host.host().value());
                checkDecision(host);
                checkDeeds(host);
            });
            assertThat(worked).as("%s: other hosts", this).isEqualTo(planned);
        }

        /** Nothing in these situations changes but by the job itself: what was possible beforehand is possible then. */
        private void checkEnd(HostUpdate host) {
            Set<String> allowed = new HashSet<>();
            if (host.state() == HostUpdateState.FAILED) {
                allowed.add("LIVE_PATCH_FAILED");
            } else if (host.state() == HostUpdateState.SKIPPED
                    && !said.skippedHosts().contains(host.host().value())) {
                allowed.add("EARLIER_FAILURE");
            } else {
                return;
            }
            if (said.prechecks().stream().anyMatch(row -> row.code().equals("CAPACITY_EXHAUSTED"))) {
                allowed.add("CAPACITY_EXHAUSTED");
            }
            if (emptiedForAFailedLivePatch()) {
                // nobody could foresee where its guests are when the next host's turn comes
                allowed.add("NOT_ENOUGH_MEMORY");
            }
            assertThat(Objects.requireNonNull(host.failure()).code())
                    .as("%s: %s is %s", this, host.name(), host.state())
                    .isIn(allowed);
        }

        private boolean emptiedForAFailedLivePatch() {
            return did.hosts().stream()
                    .filter(HostUpdate::isEvacuated)
                    .map(HostUpdate::decision)
                    .anyMatch(decision -> decision != null && HostSteps.onlyForFailedLivePatch(decision));
        }

        private static Set<String> blockingCodes(PoolUpdate pool) {
            return pool.prechecks().stream()
                    .filter(PrecheckRow::isBlocking)
                    .map(PrecheckRow::code)
                    .collect(Collectors.toSet());
        }

        /** Guests that the job itself has moved are the one input that may differ: with those of then, it decides the same. */
        private void checkDecision(HostUpdate host) {
            DecisionView foretold = said.hosts().stream()
                    .filter(decision -> decision.hostUuid().equals(host.host().value()))
                    .findFirst()
                    .orElseThrow();
            DecisionView made = DecisionView.of(Objects.requireNonNull(host.planned()));
            if (!made.inputs().guests().equals(foretold.inputs().guests())) {
                assertThat(moved())
                        .as("%s: guests differ, but none was moved", this)
                        .isNotEmpty();
                made = DecisionView.of(withGuestsOfThen(host, foretold));
            }
            assertThat(made)
                    .as("%s: another decision for %s", this, host.name())
                    .isEqualTo(foretold);
        }

        private HostDecision withGuestsOfThen(HostUpdate host, DecisionView foretold) {
            DecisionInputs inputs = Objects.requireNonNull(host.inputs());
            Map<UUID, io.xenpatch.plan.Guest> known = did.hosts().stream()
                    .map(HostUpdate::inputs)
                    .filter(Objects::nonNull)
                    .flatMap(each -> each.guests().stream())
                    .collect(Collectors.toMap(
                            guest -> guest.vmUuid().value(), guest -> guest, (first, second) -> first));
            return Decider.decide(new DecisionInputs(
                    inputs.hostUuid(),
                    inputs.guidance(),
                    inputs.livePatch(),
                    inputs.pool(),
                    inputs.pending(),
                    foretold.inputs().guests().stream().map(known::get).toList(),
                    inputs.policy()));
        }

        /** Reboots, toolstack restarts and evacuations in the pool's own journal are those of the decision, no more, no less. */
        private void checkDeeds(HostUpdate host) {
            HostDecision decision = Objects.requireNonNull(host.decision());
            boolean reboots = HostSteps.carriesOutReboot(decision, situation.policy());
            long reboot = count(host, JournalAction.REBOOT_STARTED);
            assertThat(count(host, JournalAction.APPLY))
                    .as("%s: applies on %s", this, host.name())
                    .isLessThanOrEqualTo(host.applies() ? 1 : 0);
            // a host that can't be emptied after a failed live patch keeps the task, with the reason (R18)
            if (host.state() == HostUpdateState.SUCCEEDED && host.failure() == null) {
                assertThat(reboot).as("%s: reboots of %s", this, host.name()).isEqualTo(reboots ? 1 : 0);
                assertThat(count(host, JournalAction.APPLY))
                        .as("%s: applies on %s", this, host.name())
                        .isEqualTo(host.applies() ? 1 : 0);
            } else {
                assertThat(reboot).as("%s: reboots of %s", this, host.name()).isLessThanOrEqualTo(reboots ? 1 : 0);
            }
            boolean untouched = Objects.requireNonNull(host.planned()).noActionRequired() && !reboots;
            if (untouched
                    || situation.policy().mode() == Mode.MANUAL
                            && !decision.needs(UpdateTask.REBOOT_HOST)
                            && !decision.needs(UpdateTask.EVACUATE_HOST)) {
                assertThat(count(host, JournalAction.DISABLE) + count(host, JournalAction.EVACUATE))
                        .as("%s: %s was emptied although nothing asks for it", this, host.name())
                        .isZero();
            }
        }

        private List<JournalEntry> moved() {
            return journal.stream()
                    .filter(entry -> entry.action() == JournalAction.VM_MIGRATED)
                    .toList();
        }

        private long count(HostUpdate host, JournalAction action) {
            return journal.stream()
                    .filter(entry -> entry.action() == action
                            && entry.hostUuid().equals(host.host().toString()))
                    .count();
        }

        @Override
        public String toString() {
            return "seed " + seed;
        }
    }
}
