package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.PendingGuidances;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateContentTests {
    private static final UpdateContent PINNED = new UpdateContent.RepositoryState("pinned");

    /** R22; the server keeps whole seconds. */
    @ParameterizedTest(name = "updated at {0}, has {1}: {2}")
    @CsvSource({
        "2026-11-24T06:00:00Z, pinned, true",
        "2026-11-24T06:00:01Z, pinned, true",
        "2026-11-24T05:59:59Z, pinned, false",
        ", pinned, false",
        "2026-11-24T06:00:01Z, other, false",
        "2026-11-24T06:00:01Z, '', true",
        "2026-11-24T05:59:59Z, '', false"
    })
    void isOnAHostThatWasUpdatedSinceAndHasTheSameState(@Nullable Instant updatedAt, String hash, boolean expected) {
        HostSnapshot host = TestPool.of(1)
                .change(0, TestPool.software(new HostSoftware(PendingGuidances.UNKNOWN, updatedAt, hash, null)))
                .snapshot()
                .hosts()
                .get(0);

        assertThat(PINNED.isOn(host, Instant.parse("2026-11-24T06:00:00.700Z"))).isEqualTo(expected);
    }

    @Test
    void isProvedByItsTaskOnlyWhereTheHostMayShowNothing() {
        assertThat(PINNED.isProvedByItsTask()).isTrue();
        assertThat(new UpdateContent.Image(TestPool.UPDATE).isProvedByItsTask()).isFalse();
    }
}
