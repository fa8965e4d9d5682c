package io.xenpatch.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.SrSpace;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.StorageSnapshot;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StorageChoiceTests {
    private static final long SIZE = 600L << 20;
    private static final long ENOUGH = StorageChoice.needed(SIZE);
    private static final HostUuid COORDINATOR = new HostUuid(new UUID(1, 0));
    private static final HostUuid SUPPORTER = new HostUuid(new UUID(1, 1));

    private static SrSpace sr(int number, boolean shared, long free, HostUuid... attachedOn) {
        return new SrSpace(new SrUuid(new UUID(2, number)), "SR " + number, shared, true, free, Set.of(attachedOn));
    }

    private static final SrSpace DEFAULT = sr(1, false, ENOUGH, COORDINATOR);
    private static final SrSpace SHARED = sr(2, true, ENOUGH, COORDINATOR, SUPPORTER);
    private static final SrSpace ROOMIER = sr(3, true, ENOUGH + 1, COORDINATOR);
    private static final SrSpace LOCAL = sr(4, false, 10 * ENOUGH, COORDINATOR);

    private static SrSpace choose(@Nullable SrSpace byDefault, SrSpace... all) {
        var storage = new StorageSnapshot(COORDINATOR, byDefault == null ? null : byDefault.uuid(), List.of(all));
        return StorageChoice.choose(storage, SIZE, "lab");
    }

    @Test
    void takesTheDefaultStorageBeforeAnyOther() {
        assertThat(choose(DEFAULT, LOCAL, ROOMIER, DEFAULT)).isEqualTo(DEFAULT);
    }

    @Test
    void takesTheRoomiestSharedStorageWhereTheDefaultIsTooSmall() {
        var small = sr(1, true, ENOUGH - 1, COORDINATOR);

        assertThat(choose(small, small, LOCAL, SHARED, ROOMIER)).isEqualTo(ROOMIER);
        assertThat(choose(null, LOCAL, SHARED)).isEqualTo(SHARED);
    }

    @Test
    void takesLocalStorageOfTheCoordinatorOnlyAtLast() {
        var away = sr(5, true, ENOUGH, SUPPORTER);

        assertThat(choose(away, away, LOCAL)).isEqualTo(LOCAL);
    }

    @Test
    void leavesRoomForTheStoragesOwnRecords() {
        assertThat(ENOUGH).isEqualTo(SIZE + SIZE / 100 + (4L << 20));
    }

    @Test
    void saysHowMuchRoomIsMissing() {
        var discs = new SrSpace(new SrUuid(new UUID(2, 9)), "discs", true, false, 10 * ENOUGH, Set.of(COORDINATOR));
        var unknown = sr(6, true, -1, COORDINATOR);
        var supporters = sr(7, false, 10 * ENOUGH, SUPPORTER);
        var small = sr(8, true, 1000, COORDINATOR);

        assertThatThrownBy(() -> choose(discs, discs, unknown, supporters, small))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.POOL_STORAGE_FULL);
                    assertThat(problem.properties())
                            .containsEntry("neededBytes", ENOUGH)
                            .containsEntry("freeBytes", 1000L);
                });
    }
}
