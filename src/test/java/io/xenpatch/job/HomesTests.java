package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PowerState;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R23: what this job moved, and what a person did, of a guest whose home is host 1. */
class HomesTests {
    private static final HostUuid HOME = TestPool.host(1);
    private static final Evacuees GUEST = new Evacuees(Set.of(TestPool.vm(0).value()));

    @Test
    void notesWhereAnEvacuationLeftAGuest() {
        PoolUpdate moved = Homes.moved(job(null), HOME, GUEST, guestOn(2));

        assertThat(movedTo(moved)).isEqualTo(TestPool.host(2));
        assertThat(Homes.strayFrom(moved, HOME, guestOn(2))).hasSize(1);
    }

    @Test
    void takesAGuestThatWasElsewhereWhenItsHostWasEmptiedForAPersonsDoing() {
        PoolUpdate moved = Homes.moved(job(null), HOME, new Evacuees(Set.of()), guestOn(2));

        assertThat(Homes.strayFrom(moved, HOME, guestOn(2))).isEmpty();
    }

    /** Its home is emptied again when the pool is planned again, or a reboot was put off. */
    @Test
    void notesTheSecondMoveOfAGuestThatHadComeHome() {
        PoolUpdate home = Homes.settled(job(TestPool.host(2)), guestOn(1));
        PoolUpdate again = Homes.moved(home, HOME, GUEST, guestOn(0));

        assertThat(home.homes()).extracting(VmHome::movedTo).containsOnlyNulls();
        assertThat(Homes.strayFrom(again, HOME, guestOn(0))).hasSize(1);
    }

    @Test
    void leavesAGuestToThePersonWhoMovedItAfterItHadComeHome() {
        PoolUpdate home = Homes.settled(job(TestPool.host(2)), guestOn(1));

        assertThat(Homes.strayFrom(home, HOME, guestOn(2))).isEmpty();
    }

    @Test
    void followsAGuestWhoseSecondHostIsEmptiedToo() {
        PoolUpdate moved = Homes.moved(job(TestPool.host(2)), TestPool.host(2), GUEST, guestOn(0));

        assertThat(movedTo(moved)).isEqualTo(TestPool.host(0));
    }

    @Test
    void doesNotFollowAGuestThatAPersonHadPutOnTheHostThatIsEmptied() {
        PoolUpdate moved = Homes.moved(job(null), TestPool.host(2), GUEST, guestOn(0));

        assertThat(moved.homes()).extracting(VmHome::movedTo).containsOnlyNulls();
    }

    @Test
    void remembersWhoRanOnAHostWhenItWasFirstToldToEvacuate() {
        PoolSnapshot both = TestPool.of(1).vm(0, 0).vm(1, 0).snapshot();
        PoolSnapshot one = TestPool.of(1).vm(1, 0).snapshot();

        Evacuees first = Evacuees.of(null).and(both.residentOn(TestPool.host(0)));
        Evacuees second = Evacuees.of(first.json()).and(one.residentOn(TestPool.host(0)));

        assertThat(second.has(TestPool.vm(0))).isTrue();
        assertThat(second.has(TestPool.vm(1))).isTrue();
        assertThat(second.has(TestPool.vm(2))).isFalse();
    }

    private static PoolUpdate job(@Nullable HostUuid movedTo) {
        VmHome guest = new VmHome(TestPool.vm(0), "vm-0", PowerState.RUNNING, HOME, movedTo);
        PoolUpdate job = JobSamples.job(TestPool.POOL).pools().get(0);
        return job.running(List.of(guest), List.of());
    }

    private static HostUuid movedTo(PoolUpdate job) {
        return Objects.requireNonNull(job.homes().get(0).movedTo());
    }

    private static PoolSnapshot guestOn(int host) {
        return TestPool.of(3).vm(0, host).snapshot();
    }
}
