package io.xenpatch.job;

import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.VmSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which guest is sent home next (R23), decided from one look at the pool and the tries so far: the one that was tried least. Where
 * its home has too little free memory, lodgers go first: guests that this job moved there although their home is another host, which
 * can take them. Nobody else is ever moved.
 *
 * @param job where the guests belong, and where it has put them
 * @param host whose guests come home
 * @param ways the tries so far, those of lodgers among them
 */
record Homecoming(PoolUpdate job, HostUuid host, PoolSnapshot pool, WaysHome ways, Limits limits, Instant now) {
    private static final String TOO_LITTLE_MEMORY = "HOST_NOT_ENOUGH_FREE_MEMORY";

    /**
     * How much is tried.
     *
     * @param tries of one guest, from 1
     * @param atOnce guests on their way at the same time, from 1
     * @param tryEvery least time between two tries of one guest
     * @param makesRoom whether lodgers go first
     */
    record Limits(int tries, int atOnce, Duration tryEvery, boolean makesRoom) {}

    /** What to do now. */
    sealed interface Next {

        <T> T fold(Function<VmHome, T> send, Supplier<T> await, Supplier<T> giveUp);
    }

    /** Send this guest to its home, which may be another host than ours. */
    record Send(VmHome guest) implements Next {
        @Override
        public <T> T fold(Function<VmHome, T> send, Supplier<T> await, Supplier<T> giveUp) {
            return send.apply(guest);
        }
    }

    /** Somebody is on the way, or may be tried again soon. */
    record Await() implements Next {
        @Override
        public <T> T fold(Function<VmHome, T> send, Supplier<T> await, Supplier<T> giveUp) {
            return await.get();
        }
    }

    /** Nothing is left to try. */
    record GiveUp() implements Next {
        @Override
        public <T> T fold(Function<VmHome, T> send, Supplier<T> await, Supplier<T> giveUp) {
            return giveUp.get();
        }
    }

    /** The guests of the host that this job moved off it and that nobody has touched since. */
    List<VmHome> stray() {
        return Homes.strayFrom(job, host, pool);
    }

    /** The strays of whose last try it matters why it failed: it may say that a lodger has to go. */
    List<VmHome> inQuestion() {
        return limits.makesRoom() && lodgers().findAny().isPresent() ? resting().toList() : List.of();
    }

    private Stream<VmHome> resting() {
        return stray().stream().filter(guest -> !isMoving(guest));
    }

    Next next() {
        Optional<VmHome> first =
                resting().filter(this::mayBeTried).min(Comparator.comparing(guest -> ways.count(guest.vm())));
        List<VmHome> moving = Stream.concat(stray().stream(), lodgers())
                .filter(this::isMoving)
                .toList();
        if (first.isEmpty() && moving.isEmpty()) {
            return new GiveUp();
        }
        return first.isEmpty() || moving.size() >= limits.atOnce() ? new Await() : next(first.get(), moving);
    }

    private Next next(VmHome guest, List<VmHome> moving) {
        if (!limits.makesRoom() || hasRoomFor(guest, moving)) {
            return new Send(guest);
        }
        long leaving = sum(moving.stream().filter(each -> !host.equals(each.home())));
        if (leaving > 0 && memory(guest) <= room(moving) + leaving) {
            return new Await();
        }
        Optional<VmHome> lodger = lodgerToLeaveFor(guest, memory(guest) - room(moving) - leaving, moving);
        // whoever is on the way out may be enough; else the server has the last word on what fits
        return lodger.<Next>map(Send::new).orElseGet(() -> leaving > 0 ? new Await() : new Send(guest));
    }

    /** Guests that this job left on the host although their home is another one. */
    private Stream<VmHome> lodgers() {
        return job.homes().stream()
                .filter(guest -> guest.home() != null && !host.equals(guest.home()) && host.equals(guest.movedTo()))
                .filter(guest -> pool.vm(guest.vm())
                        .filter(vm -> vm.powerState() == PowerState.RUNNING && vm.isResidentOn(host))
                        .isPresent());
    }

    /** A lodger never takes precedence twice: one whose way was refused waits until the guest was tried as often. */
    private Optional<VmHome> lodgerToLeaveFor(VmHome guest, long lacking, List<VmHome> moving) {
        return lodgers()
                .filter(lodger -> !moving.contains(lodger)
                        && mayBeTried(lodger)
                        && ways.count(lodger.vm()) <= ways.count(guest.vm())
                        && canTake(lodger, moving))
                .min(Comparator.<VmHome>comparingInt(lodger -> ways.count(lodger.vm()))
                        .thenComparing(lodger -> memory(lodger) < lacking)
                        .thenComparing(lodger -> memory(lodger) < lacking ? -memory(lodger) : memory(lodger)));
    }

    private boolean canTake(VmHome lodger, List<VmHome> moving) {
        return Optional.ofNullable(lodger.home())
                .flatMap(pool::host)
                .filter(home -> home.live() && !home.inMaintenance() && !isAtWork(home))
                .filter(home -> memory(lodger) <= home.memoryFree() - coming(home.uuid(), moving))
                .isPresent();
    }

    /** Another host whose work goes on, such as one whose reboot is tried once more at the end. */
    private boolean isAtWork(HostSnapshot home) {
        return job.hosts().stream()
                .anyMatch(work -> work.host().equals(home.uuid()) && work.state() == HostUpdateState.IN_PROGRESS);
    }

    private boolean hasRoomFor(VmHome guest, List<VmHome> moving) {
        boolean refused =
                ways.lastError(guest.vm()).filter(TOO_LITTLE_MEMORY::equals).isPresent();
        return memory(guest) <= room(moving) && (!refused || hasLodgerLeftSince(guest));
    }

    private boolean hasLodgerLeftSince(VmHome guest) {
        return job.homes().stream()
                .filter(other -> !host.equals(other.home()) && !isMoving(other))
                .anyMatch(other -> ways.isLater(other.vm(), guest.vm()));
    }

    /** Bytes that are free on the host for one more. */
    private long room(List<VmHome> moving) {
        return pool.host(host).map(HostSnapshot::memoryFree).orElse(0L) - coming(host, moving);
    }

    /** Bytes for those sent to a host whom the pool does not show on their way yet; the others are counted by the pool. */
    private long coming(HostUuid target, List<VmHome> moving) {
        return sum(moving.stream().filter(each -> target.equals(each.home()) && !isOnItsWay(each)));
    }

    private boolean mayBeTried(VmHome guest) {
        return ways.count(guest.vm()) < limits.tries();
    }

    private boolean isMoving(VmHome guest) {
        return ways.isFresh(guest.vm(), now, limits.tryEvery()) || isOnItsWay(guest);
    }

    private boolean isOnItsWay(VmHome guest) {
        return pool.vm(guest.vm())
                .filter(vm -> vm.currentOperations().containsValue("pool_migrate"))
                .isPresent();
    }

    private long sum(Stream<VmHome> guests) {
        return guests.mapToLong(this::memory).sum();
    }

    private long memory(VmHome guest) {
        return pool.vm(guest.vm()).map(VmSnapshot::memory).orElse(0L);
    }
}
