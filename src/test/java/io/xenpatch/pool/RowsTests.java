package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.Channel;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.PowerState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RowsTests {
    private static final UUID POOL = UUID.randomUUID();
    private static final UUID GUEST = UUID.randomUUID();
    private static final UUID HOST = UUID.randomUUID();
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final VmFacts FACTS =
            new VmFacts("vm", PowerState.RUNNING, HOST, GuestKind.HVM, 1, START, List.of("suspend"));

    private static Row row(VmFacts facts) {
        var pool = new PoolFacts(HOST, "XenServer", "8", Channel.POOL_UPDATE, true, true, false, false, 1, null);
        return Rows.of(
                        POOL,
                        new Projection("lab", pool, Map.of(), Map.of(GUEST, facts), Map.of()),
                        JsonMapper.builder().build())
                .items()
                .getOrDefault(InventoryTable.VM, List.of())
                .get(0);
    }

    @Test
    void equalGuestsMakeEqualRows() {
        var same = new VmFacts("vm", PowerState.RUNNING, HOST, GuestKind.HVM, 1, START, List.of("suspend"));

        assertThat(row(same).digest()).isEqualTo(row(FACTS).digest());
        assertThat(row(same).document().get()).contains("\"suspend\"", "2026-01-02T03:04:05Z");
    }

    @Test
    void whateverIsDifferentAboutAGuestMakesAnotherRow() {
        var others = List.of(
                new VmFacts("vm2", PowerState.RUNNING, HOST, GuestKind.HVM, 1, START, List.of("suspend")),
                new VmFacts("vm", PowerState.PAUSED, HOST, GuestKind.HVM, 1, START, List.of("suspend")),
                new VmFacts("vm", PowerState.RUNNING, null, GuestKind.HVM, 1, START, List.of("suspend")),
                new VmFacts("vm", PowerState.RUNNING, HOST, GuestKind.PV, 1, START, List.of("suspend")),
                new VmFacts("vm", PowerState.RUNNING, HOST, GuestKind.HVM, 2, START, List.of("suspend")),
                new VmFacts("vm", PowerState.RUNNING, HOST, GuestKind.HVM, 1, null, List.of("suspend")),
                new VmFacts("vm", PowerState.RUNNING, HOST, GuestKind.HVM, 1, START.plusNanos(1), List.of("suspend")),
                new VmFacts("vm", PowerState.RUNNING, HOST, GuestKind.HVM, 1, START, List.of()),
                new VmFacts("vm", PowerState.RUNNING, HOST, GuestKind.HVM, 1, START, List.of("suspend", "resume")));

        var digests = new HashSet<Digest>();
        Stream.concat(Stream.of(FACTS), others.stream())
                .forEach(each -> digests.add(row(each).digest()));

        assertThat(VmFacts.class.getRecordComponents()).as("compared above").hasSize(7);
        assertThat(digests).hasSize(1 + others.size());
    }

    @Test
    void digestIsReadAsItWasWritten() {
        var digest = row(FACTS).digest();

        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
        assertThat(Digest.parse("no digest")).isEqualTo(Digest.NONE);
    }
}
