package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.job.Homecoming.Limits;
import io.xenpatch.plan.StepType;
import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * R23, "room made first", as a table. Guests come home to host 1: vm-0, which needs 4 GiB, was moved from there to host 2. The lodgers
 * vm-1 (2 GiB) and vm-2 (6 GiB) were moved from host 0 to host 1.
 */
class HomecomingTests {
    private static final long GIB = 1L << 30;
    private static final Limits LIMITS = new Limits(25, 3, Duration.ofSeconds(5), true);
    private static final String TOO_LITTLE_MEMORY = "HOST_NOT_ENOUGH_FREE_MEMORY";
    private static final Instant NOW = TestPool.NOW;
    private static final Instant BEFORE = NOW.minusSeconds(60);

    private final List<VmHome> homes = new ArrayList<>(List.of(home(0, 1, 2), home(1, 0, 1), home(2, 0, 1)));
    private WaysHome ways = WaysHome.of(null);

    @ParameterizedTest(name = "{0} GiB free at home, {1} GiB at the lodgers'': {2}")
    @CsvSource({
        "4, 32, vm-0", // there is room
        "2, 32, vm-1", // the smallest that is enough
        "1, 32, vm-2", // one that is enough before two that are
        "1, 5, vm-1", // only who finds room
        "3, 1, vm-0", // nobody can leave: the server has the last word
    })
    void sendsWhoCanGo(int free, int atHomeOfLodgers, String sent) {
        assertThat(next(free, atHomeOfLodgers)).isEqualTo(sent);
    }

    @Test
    void makesNoRoomForOneTryEach() {
        assertThat(words(coming(1, 32, new Limits(1, 3, Duration.ofSeconds(5), false))
                        .next()))
                .isEqualTo("vm-0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"DISABLED", "DEAD", "MAINTENANCE", "AT_WORK"})
    void sendsNobodyToAHostThatIsNotInService(Trouble trouble) {
        TestPool pool = pool(1, 32);
        PoolUpdate job = job();
        switch (trouble) {
            case DISABLED -> pool.change(0, TestPool.enabled(false));
            case DEAD -> pool.change(0, TestPool.live(false));
            case MAINTENANCE -> pool.change(0, TestPool.hostConfig(Map.of("MAINTENANCE_MODE", "true")));
            case AT_WORK -> job = atWork(job);
        }

        assertThat(words(coming(job, pool.snapshot(), LIMITS).next())).isEqualTo("vm-0");
    }

    /** A guest is this job's to move only from where this job has put it. */
    @ParameterizedTest(name = "home on host {0}, moved to host {1}")
    @CsvSource(
            nullValues = "none",
            value = {"none, 1", "0, none", "0, 2", "1, none"})
    void movesNobodyWhoIsThereForAnotherReason(@Nullable Integer home, @Nullable Integer movedTo) {
        homes.subList(1, 3).clear();
        homes.add(home(1, home, movedTo));

        assertThat(next(1, 32)).isEqualTo("vm-0");
    }

    @Test
    void letsALodgerGoFirstOnlyAsOftenAsTheGuestWasTried() {
        homes.remove(2);
        tried(1, 1, null);
        assertThat(next(2, 32)).isEqualTo("vm-0");

        tried(0, 1, TOO_LITTLE_MEMORY);
        assertThat(next(2, 32)).isEqualTo("vm-1");
    }

    @Test
    void waitsForTheLodgerThatIsEnoughAndSendsAnotherWhileItIsNot() {
        assertThat(words(coming(job(), leaving(1, 2), LIMITS).next())).isEqualTo("await");
        assertThat(words(coming(job(), leaving(1, 1), LIMITS).next())).isEqualTo("vm-2");
        homes.remove(2);
        assertThat(words(coming(job(), leaving(1, 1), LIMITS).next())).isEqualTo("await");
    }

    /** The server reckons otherwise than the figures that it shows. */
    @Test
    void believesTheServerThatThereIsTooLittleMemoryUntilALodgerHasLeft() {
        tried(0, 1, TOO_LITTLE_MEMORY);
        assertThat(next(5, 32)).isEqualTo("vm-1");

        homes.set(1, home(1, 0, null));
        ways = ways.trying(TestPool.vm(1), BEFORE.plusSeconds(10));
        assertThat(next(5, 32)).isEqualTo("vm-0");
    }

    @Test
    void makesNoRoomAfterAnotherError() {
        tried(0, 1, "VM_MIGRATE_FAILED");

        assertThat(next(5, 32)).isEqualTo("vm-0");
    }

    @Test
    void countsWhoIsOnTheWayToTheHost() {
        homes.add(home(3, 1, 2));
        ways = ways.trying(TestPool.vm(3), NOW);

        assertThat(next(7, 32)).isEqualTo("vm-1");
        assertThat(next(8, 32)).isEqualTo("vm-0");
    }

    @Test
    void sendsNoMoreThanMayBeOnTheWayAtOnce() {
        ways = ways.trying(TestPool.vm(1), NOW);

        assertThat(words(coming(8, 32, new Limits(25, 1, Duration.ofSeconds(5), true))
                        .next()))
                .isEqualTo("await");
    }

    @Test
    void givesUpWhenEverybodyWasTriedOftenEnough() {
        tried(0, 25, TOO_LITTLE_MEMORY);

        assertThat(next(1, 32)).isEqualTo("give up");
    }

    private String next(int freeGib, int atHomeOfLodgers) {
        return words(coming(freeGib, atHomeOfLodgers, LIMITS).next());
    }

    private Homecoming coming(int freeGib, int atHomeOfLodgers, Limits limits) {
        return coming(job(), pool(freeGib, atHomeOfLodgers).snapshot(), limits);
    }

    private Homecoming coming(PoolUpdate job, PoolSnapshot pool, Limits limits) {
        return new Homecoming(job, TestPool.host(1), pool, ways, limits, NOW);
    }

    private static String words(Homecoming.Next next) {
        return next.fold(VmHome::name, () -> "await", () -> "give up");
    }

    private void tried(int vm, int count, @Nullable String error) {
        for (int time = 0; time < count; time++) {
            ways = ways.trying(TestPool.vm(vm), BEFORE).accepted(TestPool.vm(vm), new XapiTaskRef("OpaqueRef:1"));
        }
        if (error != null) {
            ways = ways.failed(TestPool.vm(vm), error);
        }
    }

    private PoolUpdate job() {
        PoolUpdate job = JobSamples.job(TestPool.POOL).pools().get(0);
        return job.running(homes, List.of());
    }

    /** With a host of the lodgers on which work goes on. */
    private PoolUpdate atWork(PoolUpdate job) {
        HostUpdate its = JobSamples.begun(JobSamples.pending(TestPool.host(0), 0), StepType.REBOOT);
        return job.running(homes, List.of(its));
    }

    private static TestPool pool(int freeGib, int atHomeOfLodgers) {
        return TestPool.of(3)
                .change(1, TestPool.memoryFree(freeGib * GIB))
                .change(0, TestPool.memoryFree(atHomeOfLodgers * GIB))
                .vm(0, 2, vm -> with(vm, 4, Map.of()))
                .vm(1, 1, vm -> with(vm, 2, Map.of()))
                .vm(2, 1, vm -> with(vm, 6, Map.of()))
                .vm(3, 2, vm -> with(vm, 4, Map.of()));
    }

    /** With vm-1 on its way. */
    private static PoolSnapshot leaving(int vm, int freeGib) {
        return TestPool.of(3)
                .change(1, TestPool.memoryFree(freeGib * GIB))
                .vm(0, 2, each -> with(each, 4, Map.of()))
                .vm(vm, 1, each -> with(each, 2, Map.of("OpaqueRef:task", "pool_migrate")))
                .vm(2, 1, each -> with(each, 6, Map.of()))
                .snapshot();
    }

    private static VmHome home(int vm, @Nullable Integer home, @Nullable Integer movedTo) {
        return new VmHome(TestPool.vm(vm), "vm-" + vm, PowerState.RUNNING, host(home), host(movedTo));
    }

    private static @Nullable HostUuid host(@Nullable Integer index) {
        return index == null ? null : TestPool.host(index);
    }

    private static VmSnapshot with(VmSnapshot vm, int gib, Map<String, String> operations) {
        return new VmSnapshot(
                vm.uuid(),
                vm.name(),
                vm.powerState(),
                vm.residentOn(),
                vm.kind(),
                gib * GIB,
                vm.autoPoweron(),
                vm.storage(),
                vm.drives(),
                vm.allowedOperations(),
                operations,
                vm.otherConfig(),
                vm.startedAt(),
                vm.pending());
    }

    /** Why a host takes nobody. */
    enum Trouble {
        DISABLED,
        DEAD,
        MAINTENANCE,
        AT_WORK
    }
}
