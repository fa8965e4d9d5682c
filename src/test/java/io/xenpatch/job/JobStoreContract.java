package io.xenpatch.job;

import static io.xenpatch.job.JobSamples.LATEST_START;
import static io.xenpatch.job.JobSamples.NOW;
import static io.xenpatch.job.JobSamples.job;
import static io.xenpatch.job.JobSamples.newPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the orchestration relies on in a {@link JobStore}, whichever it is. */
@Timeout(60)
abstract class JobStoreContract {
    private static final Rollout ONE_BY_ONE = new Rollout(1, 1);
    private static final StartTimes NOW_AT_ANY_TIME = new StartTimes(null, null);

    abstract JobStore store();

    /** Lets time pass for the leases. */
    abstract void pass(Duration time);

    /** Makes a window known. */
    abstract void define(MaintenanceWindow window);

    /** What was told of a job, in order. */
    abstract List<String> eventTypes(JobId job);

    // one job a pool (P5.2)

    @Test
    void keepsEverythingOfAPoolUpdate() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        Lease lease = claim(begun, "me");
        PoolUpdate asking = begun.asking(JobSamples.questions(begun));
        PoolUpdate full = JobSamples.full(asking);

        store().save(lease, begun, asking, List.of());
        assertThat(only(job)).isEqualTo(asking);
        store().save(lease, asking, full, List.of());
        assertThat(only(job)).isEqualTo(full);
        assertThat(only(job).hosts().get(0).decision())
                .usingRecursiveComparison()
                .isEqualTo(full.hosts().get(0).decision());

        PoolUpdate failed = full.ended(PoolUpdateState.FAILED, new Failure("BAD", "why", List.of("X")), NOW);
        store().save(lease, full, failed, List.of());
        assertThat(only(job)).isEqualTo(failed);
        assertThat(store().poolUpdate(PoolUpdateId.random())).isEmpty();
    }

    @Test
    void refusesAJobOnAnOccupiedPoolAndWritesNothingOfIt() {
        PoolUuid free = newPool();
        PoolUuid busy = newPool();
        NewJob holder = create(job(busy));
        NewJob second = job(free, busy);

        assertThatExceptionOfType(PoolOccupied.class)
                .isThrownBy(() -> store().create(second, List.of(event(second, "update-job.accepted"))))
                .satisfies(refused -> {
                    assertThat(refused.pool()).isEqualTo(busy);
                    assertThat(refused.holder()).isEqualTo(holder.id());
                });

        assertThat(store().poolUpdatesOf(second.id())).isEmpty();
        assertThat(eventTypes(second.id())).isEmpty();
        assertThat(store().holderOf(PoolUpdate.REAL, free)).isEmpty();
        assertThat(store().holderOf(PoolUpdate.REAL, busy))
                .contains(only(holder).id());
    }

    @Test
    void knowsNoJobThatNamesAPoolTwice() {
        PoolUuid pool = newPool();

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> job(pool, pool));
    }

    @Test
    void letsOneOfTwoJobsThatRaceHaveThePool() throws Exception {
        PoolUuid pool = newPool();
        List<NewJob> jobs = List.of(job(pool), job(pool));

        List<Boolean> accepted = together(jobs.stream()
                .map(job -> (Callable<Boolean>) () -> {
                    try {
                        create(job);
                        return true;
                    } catch (PoolOccupied occupied) {
                        return false;
                    }
                })
                .toList());

        assertThat(accepted).containsExactlyInAnyOrder(true, false);
        NewJob winner = jobs.get(accepted.indexOf(true));
        assertThat(store().holderOf(PoolUpdate.REAL, pool))
                .contains(only(winner).id());
    }

    @Test
    void freesThePoolWhenItsUpdateEnds() {
        PoolUuid pool = newPool();
        NewJob first = create(job(pool));

        end(first, 0, PoolUpdateState.REJECTED);

        assertThat(store().holderOf(PoolUpdate.REAL, pool)).isEmpty();
        assertThat(unfinishedOf(first)).isEmpty();
        NewJob second = create(job(pool));
        assertThat(store().holderOf(PoolUpdate.REAL, pool))
                .contains(only(second).id());
    }

    @Test
    void keepsWorldsApart() {
        PoolUuid pool = newPool();
        NewJob real = create(job(pool));
        NewJob rehearsed = create(job("rehearsal:1", ONE_BY_ONE, NOW, pool));

        assertThat(store().holderOf(PoolUpdate.REAL, pool)).contains(only(real).id());
        assertThat(store().holderOf("rehearsal:1", pool))
                .contains(only(rehearsed).id());
        assertThat(store().claim(PoolUpdate.REAL, pool, "me")).isPresent();
        assertThat(store().claim("rehearsal:1", pool, "other")).isPresent();
    }

    @Test
    void listsWhatIsUnfinishedTheOldestFirst() {
        NewJob later = create(job(PoolUpdate.REAL, ONE_BY_ONE, NOW.plusSeconds(1), newPool(), newPool()));
        NewJob earlier = create(job(PoolUpdate.REAL, ONE_BY_ONE, NOW, newPool(), newPool()));

        assertThat(unfinishedOf(later, earlier))
                .containsExactly(id(earlier, 0), id(earlier, 1), id(later, 0), id(later, 1));
        end(earlier, 0, PoolUpdateState.SUCCEEDED);
        assertThat(unfinishedOf(earlier)).containsExactly(id(earlier, 1));
    }

    // leases

    @Test
    void givesEpochsThatOnlyRise() {
        PoolUuid pool = newPool();
        Lease first = claim(pool, "me");
        Lease again = claim(pool, "me");
        store().release(again);
        Lease others = claim(pool, "other");

        assertThat(List.of(first, again, others))
                .extracting(Lease::epoch)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(others).isEqualTo(new Lease(PoolUpdate.REAL, pool, "other", others.epoch()));
    }

    @Test
    void givesNothingWhileTheLeaseOfAnotherLives() {
        PoolUuid pool = newPool();
        Lease mine = claim(pool, "me");

        pass(JobStore.LEASE.minusSeconds(3));

        assertThat(store().claim(PoolUpdate.REAL, pool, "other")).isEmpty();
        assertThat(claim(pool, "me").epoch()).isEqualTo(mine.epoch() + 1);
    }

    @Test
    void givesAnExpiredLeaseToAnotherUnderAHigherEpoch() {
        PoolUuid pool = newPool();
        Lease mine = claim(pool, "me");

        pass(JobStore.LEASE.plusSeconds(1));

        assertThat(claim(pool, "other").epoch()).isGreaterThan(mine.epoch());
    }

    @Test
    void givesALeaseToOneOfManyWhoAskAtOnce() throws Exception {
        PoolUuid pool = newPool();

        List<Optional<Lease>> answers = together(List.of("a", "b", "c", "d").stream()
                .map(owner -> (Callable<Optional<Lease>>) () -> store().claim(PoolUpdate.REAL, pool, owner))
                .toList());

        assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void writesNothingForAFormerOwnerOnceAnotherHasClaimedThePool() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        Lease mine = claim(begun, "me");
        pass(JobStore.LEASE.plusSeconds(1));
        Lease others = claim(begun, "other");
        PoolUpdate late = JobSamples.full(begun);

        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> store().save(mine, begun, late, List.of(event(job, "step.started"))));

        assertThat(only(job)).isEqualTo(begun);
        assertThat(eventTypes(job.id())).isEmpty();
        store().save(others, begun, late, List.of(event(job, "step.started")));
        assertThat(only(job)).isEqualTo(late);
        assertThat(eventTypes(job.id())).containsExactly("step.started");
    }

    @Test
    void takesTheFormerLeaseFromAnOwnerWhoClaimsAgain() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        Lease former = claim(begun, "me");
        claim(begun, "me");

        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> store().save(former, begun, JobSamples.full(begun), List.of()));
        assertThat(only(job)).isEqualTo(begun);
    }

    @Test
    void refusesALeaseThatNobodyEverGave() {
        PoolUpdate begun = only(create(job(newPool())));
        Lease invented = new Lease(begun.world(), begun.pool(), "me", 1);

        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> store().save(invented, begun, JobSamples.full(begun), List.of()));
    }

    @Test
    void letsAnotherClaimAtOnceWhatWasGivenBackAndKeepsTheEpochUntilThen() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        PoolUpdate full = JobSamples.full(begun);
        PoolUpdate after = full.withHomes(List.of());
        Lease mine = claim(begun, "me");

        store().release(mine);

        // nobody has seen the pool since, so what the former owner still writes contradicts nobody
        store().save(mine, begun, full, List.of());
        assertThat(only(job)).isEqualTo(full);
        assertThat(claim(begun, "other").epoch()).isEqualTo(mine.epoch() + 1);
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> store().save(mine, full, after, List.of()));
        assertThat(only(job)).isEqualTo(full);
    }

    @Test
    void stillWritesUnderAnExpiredLeaseThatNobodyTook() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        PoolUpdate full = JobSamples.full(begun);
        Lease mine = claim(begun, "me");
        pass(JobStore.LEASE.plusSeconds(1));

        store().save(mine, begun, full, List.of());

        assertThat(only(job)).isEqualTo(full);
    }

    @Test
    void doesNotGiveBackTheLeaseOfAnother() {
        PoolUuid pool = newPool();
        Lease mine = claim(pool, "me");
        pass(JobStore.LEASE.plusSeconds(1));
        claim(pool, "other");

        store().release(mine);

        assertThat(store().claim(PoolUpdate.REAL, pool, "me")).isEmpty();
    }

    // the roll-out (R30, P5.5)

    @Test
    void beginsAsManyPoolsAsTheRollOutAllowsAndTheNextWhenOneEnds() {
        NewJob job = create(job(new Rollout(2, 1), newPool(), newPool(), newPool()));

        assertThat(states(job))
                .containsExactly(PoolUpdateState.PRECHECKING, PoolUpdateState.PRECHECKING, PoolUpdateState.WAITING);
        assertThat(at(job, 0).startedAt()).isEqualTo(NOW);
        assertThat(at(job, 2).startedAt()).isNull();
        assertThat(store().tryBegin(id(job, 2), NOW)).isEqualTo(PoolUpdateState.WAITING);
        assertThat(eventTypes(job.id())).isEmpty();

        end(job, 1, PoolUpdateState.SUCCEEDED);

        assertThat(store().tryBegin(id(job, 2), NOW.plusSeconds(9))).isEqualTo(PoolUpdateState.PRECHECKING);
        assertThat(at(job, 2).startedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(eventTypes(job.id())).containsExactly("pool-update.prechecking");
    }

    @Test
    void beginsOneOfTwoPoolsThatTryAtOnceForTheLastPlace() throws Exception {
        NewJob job = create(job(ONE_BY_ONE, newPool(), newPool(), newPool()));
        end(job, 0, PoolUpdateState.SUCCEEDED);

        List<PoolUpdateState> answers =
                together(List.of(() -> store().tryBegin(id(job, 1), NOW), () -> store().tryBegin(id(job, 2), NOW)));

        assertThat(answers).containsExactlyInAnyOrder(PoolUpdateState.PRECHECKING, PoolUpdateState.WAITING);
        assertThat(states(job).subList(1, 3)).isEqualTo(answers);
    }

    @Test
    void leavesAPoolWaitingUntilTheOtherJobOnItEnds() {
        PoolUuid shared = newPool();
        NewJob waiting = create(job(ONE_BY_ONE, newPool(), shared));
        NewJob holder = create(job(shared));
        end(waiting, 0, PoolUpdateState.SUCCEEDED);

        assertThat(store().tryBegin(id(waiting, 1), NOW)).isEqualTo(PoolUpdateState.WAITING);
        end(holder, 0, PoolUpdateState.CANCELLED);
        assertThat(store().tryBegin(id(waiting, 1), NOW)).isEqualTo(PoolUpdateState.PRECHECKING);
    }

    @Test
    void skipsTheRestOnceAsManyPoolsFailedAsTheRollOutAllows() {
        NewJob job = create(job(new Rollout(1, 2), newPool(), newPool(), newPool()));
        end(job, 0, PoolUpdateState.FAILED);
        assertThat(store().tryBegin(id(job, 1), NOW)).isEqualTo(PoolUpdateState.PRECHECKING);
        end(job, 1, PoolUpdateState.FAILED);

        assertThat(store().tryBegin(id(job, 2), NOW)).isEqualTo(PoolUpdateState.SKIPPED);

        assertThat(Objects.requireNonNull(at(job, 2).failure()).code()).isEqualTo("EARLIER_FAILURE");
        assertThat(unfinishedOf(job)).isEmpty();
        assertThat(eventTypes(job.id())).containsExactly("pool-update.prechecking", "pool-update.skipped");
    }

    @Test
    void leavesAPoolWaitingForItsTurnInItsJobHoweverLongThatTakes() {
        NewJob job = create(job(ONE_BY_ONE, newPool(), newPool()));

        assertThat(store().tryBegin(id(job, 1), LATEST_START.plus(Duration.ofDays(1))))
                .isEqualTo(PoolUpdateState.WAITING);
    }

    @Test
    void rejectsAPoolThatAnotherJobHoldsUntilItsLatestStart() {
        PoolUuid pool = newPool();
        create(job(pool));
        NewJob job = create(JobSamples.starting(NOW_AT_ANY_TIME, true, pool));

        assertThat(only(job).state()).isEqualTo(PoolUpdateState.WAITING);
        assertThat(store().tryBegin(id(job, 0), NOW)).isEqualTo(PoolUpdateState.WAITING);
        assertThat(store().tryBegin(id(job, 0), LATEST_START.minusNanos(1000))).isEqualTo(PoolUpdateState.WAITING);
        assertThat(store().tryBegin(id(job, 0), LATEST_START)).isEqualTo(PoolUpdateState.REJECTED);
        assertThat(Objects.requireNonNull(only(job).failure()).code()).isEqualTo("POOL_BUSY");
        assertThat(only(job).finishedAt()).isEqualTo(LATEST_START);
    }

    @Test
    void beginsAJobThatWaitedAsSoonAsThePoolIsFree() {
        PoolUuid pool = newPool();
        NewJob holder = create(job(pool));
        NewJob job = create(JobSamples.starting(NOW_AT_ANY_TIME, true, pool));
        assertThat(store().tryBegin(id(job, 0), NOW)).isEqualTo(PoolUpdateState.WAITING);
        end(holder, 0, PoolUpdateState.SUCCEEDED);

        assertThat(store().tryBegin(id(job, 0), NOW.plusSeconds(5))).isEqualTo(PoolUpdateState.PRECHECKING);
        assertThat(only(job).givesUpAt()).isNull();
        assertThat(only(job).startedAt()).isEqualTo(NOW.plusSeconds(5));
    }

    /** P5.2: SCHEDULED jobs occupy nothing. */
    @Test
    void occupiesNothingBeforeItsTimeAndBeginsThen() {
        PoolUuid pool = newPool();
        create(job(pool));
        Instant later = NOW.plus(Duration.ofHours(3));

        NewJob job = create(JobSamples.starting(new StartTimes(later, null), false, pool));

        assertThat(only(job).notBefore()).isEqualTo(later);
        assertThat(store().tryBegin(id(job, 0), later.minusSeconds(1))).isEqualTo(PoolUpdateState.WAITING);
        assertThat(only(job).isScheduled(later.minusSeconds(1))).isTrue();
        assertThat(store().tryBegin(id(job, 0), later)).isEqualTo(PoolUpdateState.WAITING);
        assertThat(only(job).isScheduled(later)).isFalse();
        assertThat(only(job).givesUpAt()).isEqualTo(later.plus(Duration.between(NOW, LATEST_START)));
    }

    @Test
    void beginsInItsWindowAndKnowsWhenThatCloses() {
        MaintenanceWindow window = window();
        NewJob job = create(JobSamples.starting(new StartTimes(null, window), false, newPool()));
        WindowOpening next = window.at(NOW).orElseThrow();

        assertThat(only(job).notBefore()).isEqualTo(next.opensAt());
        assertThat(only(job).window()).isEqualTo(window);
        assertThat(store().tryBegin(id(job, 0), next.opensAt().minusSeconds(1))).isEqualTo(PoolUpdateState.WAITING);
        assertThat(store().tryBegin(id(job, 0), next.opensAt())).isEqualTo(PoolUpdateState.PRECHECKING);
        assertThat(only(job).closesAt()).isEqualTo(next.closesAt());
        assertThat(only(job).notBefore()).isNull();
    }

    @Test
    void rejectsAPoolThatAnotherJobHoldsUntilTheLatestStartInItsWindow() {
        PoolUuid pool = newPool();
        create(job(pool));
        MaintenanceWindow window = window();
        NewJob job = create(JobSamples.starting(new StartTimes(null, window), false, pool));
        WindowOpening next = window.at(NOW).orElseThrow();

        assertThat(store().tryBegin(id(job, 0), next.opensAt())).isEqualTo(PoolUpdateState.WAITING);
        assertThat(store().tryBegin(id(job, 0), next.latestStart())).isEqualTo(PoolUpdateState.REJECTED);
        assertThat(Objects.requireNonNull(only(job).failure()).code()).isEqualTo("POOL_BUSY");
    }

    /** Nobody looked: that is no reason to give up. */
    @Test
    void takesTheNextOpeningWhenTheServiceMissedOne() {
        MaintenanceWindow window = window();
        NewJob job = create(JobSamples.starting(new StartTimes(null, window), false, newPool()));
        WindowOpening missed = window.at(NOW).orElseThrow();

        assertThat(store().tryBegin(id(job, 0), missed.latestStart())).isEqualTo(PoolUpdateState.WAITING);
        assertThat(only(job).notBefore())
                .isEqualTo(window.at(missed.latestStart()).orElseThrow().opensAt())
                .isAfter(missed.closesAt());
    }

    @Test
    void waitsForTheNextOpeningWhenItIsReleased() {
        MaintenanceWindow window = window();
        PoolUuid pool = newPool();
        NewJob job = create(JobSamples.starting(new StartTimes(null, window), false, pool));
        WindowOpening first = window.at(NOW).orElseThrow();
        store().tryBegin(id(job, 0), first.opensAt());
        Lease lease = claim(pool, "me");
        PoolUpdate begun = only(job);
        PoolUpdate running = begun.running(List.of(), List.of(JobSamples.pending(0)));
        store().save(lease, begun, running, List.of());
        WindowOpening next = window.at(first.closesAt()).orElseThrow();

        store().save(lease, running, running.released(next.opensAt()), List.of());

        assertThat(store().holderOf(PoolUpdate.REAL, pool)).isEmpty();
        assertThat(only(job).notBefore()).isEqualTo(next.opensAt());
        assertThat(only(job).isScheduled(first.closesAt())).isTrue();
        assertThat(store().tryBegin(id(job, 0), next.opensAt())).isEqualTo(PoolUpdateState.PRECHECKING);
        assertThat(only(job).startedAt()).isEqualTo(first.opensAt());
        assertThat(only(job).closesAt()).isEqualTo(next.closesAt());
    }

    @Test
    void asksToPauseAndToGoOnAndForgetsItInNoWrite() {
        PoolUuid pool = newPool();
        NewJob job = create(job(pool));

        assertThat(store().requestPause(job.id(), true, List.of(event(job, "asked"))))
                .containsExactly(id(job, 0));
        assertThat(store().requestPause(job.id(), true, List.of(event(job, "asked"))))
                .isEmpty();
        PoolUpdate seen = only(job);
        store().save(claim(pool, "me"), seen, seen.judged(List.of()).heldUp(NOW), List.of());
        assertThat(only(job).pauseRequested()).isTrue();
        assertThat(store().requestPause(job.id(), false, List.of(event(job, "asked"))))
                .containsExactly(id(job, 0));
        assertThat(only(job).pauseRequested()).isFalse();
        assertThat(eventTypes(job.id())).hasSize(2);
    }

    @Test
    void beginsNothingWhileAPauseIsWanted() {
        NewJob job = create(job(ONE_BY_ONE, newPool(), newPool()));
        end(job, 0, PoolUpdateState.SUCCEEDED);
        store().requestPause(job.id(), true, List.of());

        assertThat(store().tryBegin(id(job, 1), NOW.plusSeconds(5))).isEqualTo(PoolUpdateState.WAITING);
        store().requestPause(job.id(), false, List.of());
        assertThat(store().tryBegin(id(job, 1), NOW.plusSeconds(6))).isEqualTo(PoolUpdateState.PRECHECKING);
    }

    @Test
    void remembersEachHostThatIsToBeLeftOutOnce() {
        PoolUuid pool = newPool();
        NewJob job = create(job(pool));
        HostUuid one = new HostUuid(UUID.randomUUID());
        HostUuid other = new HostUuid(UUID.randomUUID());

        assertThat(store().requestSkip(id(job, 0), one, List.of(event(job, "asked"))))
                .isTrue();
        assertThat(store().requestSkip(id(job, 0), one, List.of(event(job, "asked"))))
                .isFalse();
        assertThat(store().requestSkip(id(job, 0), other, List.of(event(job, "asked"))))
                .isTrue();
        assertThat(only(job).wishes().skip()).containsExactlyInAnyOrder(one, other);
        assertThat(eventTypes(job.id())).hasSize(2);
        end(job, 0, PoolUpdateState.SUCCEEDED);
        assertThat(store().requestSkip(id(job, 0), new HostUuid(UUID.randomUUID()), List.of()))
                .isFalse();
    }

    private MaintenanceWindow window() {
        MaintenanceWindow window = JobSamples.window("FREQ=DAILY", NOW.plus(Duration.ofHours(5)), Duration.ofHours(4));
        define(window);
        return window;
    }

    @Test
    void saysOfAPoolThatBegunBeforeOnlyWhatStateItIsIn() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);

        assertThat(store().tryBegin(begun.id(), NOW.plusSeconds(5))).isEqualTo(PoolUpdateState.PRECHECKING);
        assertThat(only(job)).isEqualTo(begun);
        assertThat(eventTypes(job.id())).isEmpty();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> store().tryBegin(PoolUpdateId.random(), NOW));
    }

    // the wish to cancel (R29)

    @Test
    void showsTheOwnerThatCancelWasAskedForAndForgetsItInNoWrite() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        Lease lease = claim(begun, "me");

        assertThat(store().requestCancel(job.id(), List.of())).containsExactly(begun.id());
        store().save(lease, begun, JobSamples.full(begun), List.of());

        assertThat(only(job).cancelRequested()).isTrue();
        assertThat(only(job).state()).isEqualTo(PoolUpdateState.RUNNING);
    }

    @Test
    void asksEveryUnfinishedPoolOnce() {
        NewJob job = create(job(new Rollout(2, 1), newPool(), newPool(), newPool()));
        end(job, 0, PoolUpdateState.SUCCEEDED);
        List<NewEvent> told = List.of(event(job, "update-job.cancel-requested"));

        assertThat(store().requestCancel(job.id(), told)).containsExactly(id(job, 1), id(job, 2));
        assertThat(store().requestCancel(job.id(), told)).isEmpty();
        assertThat(store().requestCancel(JobId.random(), told)).isEmpty();

        assertThat(eventTypes(job.id())).containsExactly("update-job.cancel-requested");
        assertThat(at(job, 0).cancelRequested()).isFalse();
    }

    @Test
    void cancelsAWaitingPoolInsteadOfBeginningIt() {
        NewJob job = create(job(ONE_BY_ONE, newPool(), newPool()));
        store().requestCancel(job.id(), List.of());

        assertThat(store().tryBegin(id(job, 1), NOW)).isEqualTo(PoolUpdateState.CANCELLED);
        assertThat(eventTypes(job.id())).containsExactly("pool-update.cancelled");
    }

    // steps

    @Test
    void keepsTheIntentOfAStepAndThenItsOutcome() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        Lease lease = claim(begun, "me");
        HostUpdate host = JobSamples.begun(JobSamples.pending(0), StepType.REBOOT, StepType.AWAIT_HOST_LIVE);
        Step intent = host.steps().get(0).intent(NOW, JobSamples.before());
        PoolUpdate sending = begun.running(List.of(), List.of(host.with(intent)));

        store().save(lease, begun, sending, List.of(event(job, "step.started")));
        assertThat(steps(job).get(0)).isEqualTo(intent);
        assertThat(steps(job).get(0).call()).isEqualTo(CallFate.MAYBE_SENT);

        Step done = intent.accepted(new XapiTaskRef("OpaqueRef:2")).succeeded(NOW.plusSeconds(70));
        store().save(lease, sending, sending.with(host.with(done)), List.of(event(job, "step.succeeded")));

        assertThat(steps(job)).containsExactly(done, Step.pending(1, StepType.AWAIT_HOST_LIVE));
        assertThat(steps(job).get(0).intentAt()).isEqualTo(NOW);
        assertThat(steps(job).get(0).before()).isEqualTo(JobSamples.before());
        assertThat(eventTypes(job.id())).containsExactly("step.started", "step.succeeded");
    }

    @Test
    void readsHostsInTheOrderOfTheirPositions() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        HostUpdate first = JobSamples.pending(0);
        HostUpdate second = JobSamples.pending(1);

        store().save(claim(begun, "me"), begun, begun.running(List.of(), List.of(second, first)), List.of());

        assertThat(only(job).hosts()).containsExactly(first, second);
    }

    @Test
    void forgetsHostsAndStepsThatThePlanNoLongerHas() {
        NewJob job = create(job(newPool()));
        PoolUpdate begun = only(job);
        Lease lease = claim(begun, "me");
        HostUpdate stays = JobSamples.begun(
                JobSamples.pending(0), StepType.DISABLE_HOST, StepType.EVACUATE, StepType.APPLY_UPDATE);
        HostUpdate goes = JobSamples.begun(JobSamples.pending(1), StepType.APPLY_UPDATE);
        PoolUpdate planned = begun.running(List.of(), List.of(stays, goes));
        PoolUpdate fewerSteps = planned.with(JobSamples.begun(stays, StepType.APPLY_UPDATE));
        PoolUpdate fewerHosts = fewerSteps.loaded(
                Wishes.NONE, null, null, List.of(fewerSteps.hosts().get(0)));

        store().save(lease, begun, planned, List.of());
        store().save(lease, planned, fewerSteps, List.of());
        assertThat(only(job)).isEqualTo(fewerSteps);
        store().save(lease, fewerSteps, fewerHosts, List.of());
        assertThat(only(job)).isEqualTo(fewerHosts);
        store().save(lease, fewerHosts, planned, List.of());
        assertThat(only(job)).isEqualTo(planned);
    }

    // what may follow what

    @Test
    void refusesWhatASliceMayNotMakeOfAPoolAndWritesNothing() {
        NewJob job = create(job(ONE_BY_ONE, newPool(), newPool()));
        PoolUpdate ended = end(job, 0, PoolUpdateState.SUCCEEDED);
        PoolUpdate waiting = at(job, 1);
        Lease lease = claim(ended, "me");
        Lease other = claim(waiting, "me");

        refuses(lease, ended, ended.running(List.of(), List.of()), job);
        refuses(lease, ended, ended, job);
        refuses(lease, ended, waiting, job);
        refuses(other, ended, ended, job);
        refuses(other, waiting, waiting.in(PoolUpdateState.PRECHECKING), job);

        assertThat(at(job, 0)).isEqualTo(ended);
        assertThat(at(job, 1)).isEqualTo(waiting);
        assertThat(eventTypes(job.id())).isEmpty();
    }

    private void refuses(Lease lease, PoolUpdate before, PoolUpdate after, NewJob job) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store().save(lease, before, after, List.of(event(job, "never"))));
    }

    private NewJob create(NewJob job) {
        store().create(job, List.of());
        return job;
    }

    private Lease claim(PoolUpdate pool, String owner) {
        return store().claim(pool.world(), pool.pool(), owner).orElseThrow();
    }

    private Lease claim(PoolUuid pool, String owner) {
        return store().claim(PoolUpdate.REAL, pool, owner).orElseThrow();
    }

    private PoolUpdate end(NewJob job, int position, PoolUpdateState end) {
        PoolUpdate now = at(job, position);
        Lease lease = claim(now, "whoever ends it");
        PoolUpdate ended = now.ended(end, null, NOW);
        store().save(lease, now, ended, List.of());
        store().release(lease);
        return ended;
    }

    private PoolUpdate only(NewJob job) {
        assertThat(store().poolUpdatesOf(job.id())).hasSize(1);
        return at(job, 0);
    }

    private PoolUpdate at(NewJob job, int position) {
        return store().poolUpdate(id(job, position)).orElseThrow();
    }

    private List<Step> steps(NewJob job) {
        return only(job).hosts().get(0).steps();
    }

    private List<PoolUpdateState> states(NewJob job) {
        return store().poolUpdatesOf(job.id()).stream().map(PoolUpdate::state).toList();
    }

    private List<PoolUpdateId> unfinishedOf(NewJob... jobs) {
        List<PoolUpdateId> ours = new ArrayList<>();
        for (NewJob job : jobs) {
            job.pools().forEach(pool -> ours.add(pool.id()));
        }
        return store().unfinished().stream().filter(ours::contains).toList();
    }

    private static PoolUpdateId id(NewJob job, int position) {
        return job.pools().get(position).id();
    }

    private static NewEvent event(NewJob job, String type) {
        return new NewEvent(
                type, NOW, job.pools().get(0).pool().value(), null, job.id().value(), Map.of());
    }

    /** Does these at the same time, each on a thread. */
    private static <T> List<T> together(List<? extends Callable<T>> actions) throws Exception {
        CyclicBarrier start = new CyclicBarrier(actions.size());
        ExecutorService threads = Executors.newFixedThreadPool(actions.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> action : actions) {
                running.add(threads.submit(() -> {
                    start.await();
                    return action.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
