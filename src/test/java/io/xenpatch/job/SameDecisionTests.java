package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.assessment.DecisionView;
import io.xenpatch.assessment.Outcome;
import io.xenpatch.assessment.PoolReport;
import io.xenpatch.assessment.PrecheckView;
import io.xenpatch.assessment.TestAssessment;
import io.xenpatch.caller.Caller;
import io.xenpatch.plan.Decider;
import io.xenpatch.plan.DecisionInputs;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostSteps;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.pool.Pools;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.precheck.Severity;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.jsonrpc.VirtualPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
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
    private static final int SITUATIONS = 2000;
    private static final Instant START = Instant.parse("2026-03-01T22:00:00Z");
    private static final int MOST_TICKS = 20_000;

    private final Map<PoolUpdateState, Integer> ends = new EnumMap<>(PoolUpdateState.class);
    private final Map<HostOutcome, Integer> outcomes = new EnumMap<>(HostOutcome.class);
    private final Map<String, Integer> failures = new TreeMap<>();

    @Test
    void aJobDecidesAndDoesWhatTheAssessmentSaidInTwoThousandRandomSituations() {
        LongStream.range(0, SITUATIONS).forEach(this::check);
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
        VirtualPool pool = new VirtualPool(situation.scenario(), START);
        try (XapiPool xapi = pool.connect()) {
            PoolSnapshot before = xapi.pool().observe();
            UpdateUuid update = before.updates().stream()
                    .filter(known -> known.name().equals(RandomSituation.UPDATE))
                    .findFirst()
                    .orElseThrow()
                    .uuid();
            Set<HostUuid> targets = situation.targets().stream()
                    .map(host -> HostUuid.of(pool.hostUuids().get(host)))
                    .collect(Collectors.toSet());
            PoolReport said = TestAssessment.of(xapi, update, targets, situation.policy(), pool, pool::advanceTo);
            int changesBefore = changes(pool).size();

            PoolUpdate did = run(pool, xapi, work(situation, before, update, targets));

            new Comparison(seed, situation, said, did, pool.journal()).check(changesBefore, changes(pool));
            ends.merge(did.state(), 1, Integer::sum);
            did.hosts().stream()
                    .map(HostUpdate::outcome)
                    .filter(Objects::nonNull)
                    .forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
            if (did.failure() != null && did.state() == PoolUpdateState.FAILED) {
                failures.merge(did.failure().code(), 1, Integer::sum);
            }
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static List<JournalEntry> changes(VirtualPool pool) {
        return pool.journal().stream()
                .filter(entry -> entry.action() != JournalAction.PRECHECK)
                .toList();
    }

    private static PoolUpdate run(VirtualPool pool, XapiPool xapi, PoolUpdate work) {
        MemoryStore store = new MemoryStore();
        store.create(
                new NewJob(
                        work.job(),
                        "random",
                        Caller.localAdmin(),
                        pool.instant(),
                        "{}",
                        Map.of(),
                        Rollout.DEFAULT,
                        List.of(work)),
                List.of());
        PoolUpdateRunner runner = new PoolUpdateRunner(store, new OnePool(xapi, work.pool()), pool, TestSettings.job());
        Tick tick = runner.tick(work.id());
        for (int ticks = 0; tick.nextLook() != null; ticks++) {
            if (ticks > MOST_TICKS) {
                throw new AssertionError("no end after " + ticks + " ticks: " + store.poolUpdate(work.id()));
            }
            pool.advanceTo(tick.nextLook());
            tick = runner.tick(work.id());
        }
        return store.poolUpdate(work.id()).orElseThrow();
    }

    private static PoolUpdate work(
            RandomSituation situation, PoolSnapshot pool, UpdateUuid update, Set<HostUuid> targets) {
        return new PoolUpdate(
                PoolUpdateId.random(),
                JobId.random(),
                PoolUpdate.REAL,
                pool.uuid(),
                "random",
                0,
                PoolUpdateState.WAITING,
                update,
                targets,
                situation.policy(),
                START,
                START.plusSeconds(36_000),
                null,
                null,
                false,
                null,
                List.of(),
                List.of(),
                null,
                List.of());
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

        /**
         * Nothing in these situations changes but by the job itself: what was possible beforehand is possible then. The one
         * exception is a job that leaves its hosts disabled, as XenCenter does (R28): it takes the room from its later hosts, and
         * an assessment does not look at the whole sequence yet.
         */
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
            if (situation.policy().leaveDisabled() && host.position() > 0) {
                allowed.addAll(Set.of("NO_EVACUATION_TARGET", "EVACUATION_BLOCKED"));
            }
            assertThat(Objects.requireNonNull(host.failure()).code())
                    .as("%s: %s is %s", this, host.name(), host.state())
                    .isIn(allowed);
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

    private record OnePool(XapiPool xapi, PoolUuid uuid) implements Pools {
        @Override
        public PoolName get(Caller caller, PoolUuid pool) {
            return new PoolName(pool, "random", Map.of());
        }

        @Override
        public PoolUuid poolOf(Caller caller, HostUuid host) {
            return uuid;
        }

        @Override
        public XapiPool connection(PoolUuid pool) {
            return xapi;
        }
    }
}
