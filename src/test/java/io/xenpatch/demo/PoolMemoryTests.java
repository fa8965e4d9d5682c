package io.xenpatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolDescription.HostDescription;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolMemoryTests {
    private static final Instant AT = Instant.parse("2026-11-25T06:00:00Z");
    private static final PoolDescription LEGACY = new PoolDescription(
            "pool",
            "legacy",
            "127.0.0.1:1",
            "root",
            "simulated",
            "",
            List.of(
                    new HostDescription("h0", "127.0.0.1"),
                    new HostDescription("h1", "127.0.0.2"),
                    new HostDescription("h2", "127.0.0.3")));

    private PoolMemory memory = PoolMemory.NEW;

    @Test
    void remembersAnUpdateThatWaitsForAReboot() {
        happens("h1", JournalAction.APPLY, DemoPool.LEGACY.updateUuid(), "ok");

        assertThat(host(1).applied()).containsExactly(DemoPool.LEGACY.updateUuid());
        assertThat(host(1).rebootPending()).containsExactly(DemoPool.LEGACY.updateUuid());
        assertThat(host(0)).isEqualTo(HostMemory.NEW);
    }

    @Test
    void remembersThatALivePatchLeftNothingToDo() {
        happens("h1", JournalAction.APPLY, DemoPool.LEGACY.updateUuid(), "ok");
        happens("h1", JournalAction.LIVE_PATCHED, DemoPool.LEGACY.updateUuid(), "");

        assertThat(host(1).rebootPending()).isEmpty();
    }

    @Test
    void forgetsWhatWasPendingWhenAHostHasRebooted() {
        happens("h1", JournalAction.APPLY, DemoPool.LEGACY.updateUuid(), "ok");
        happens("h1", JournalAction.REBOOT_STARTED, "h1", "reboot");
        happens("h1", JournalAction.REBOOT_FINISHED, "h1", "");

        assertThat(host(1).rebootPending()).isEmpty();
        assertThat(host(1).bootedAt()).isEqualTo(AT);
        assertThat(host(1).rebooting()).isFalse();
    }

    @Test
    void bringsBackAHostThatWasAwayWhenTheDemoEnded() {
        happens("h1", JournalAction.DISABLE, "h1", "");
        happens("h1", JournalAction.APPLY, DemoPool.LEGACY.updateUuid(), "ok");
        happens("h1", JournalAction.REBOOT_STARTED, "h1", "reboot");

        var later = AT.plusSeconds(60);
        assertThat(memory.onStart(later).hosts().get(1))
                .isEqualTo(new HostMemory(Set.of(DemoPool.LEGACY.updateUuid()), Set.of(), false, false, later, later));
    }

    @Test
    void doesNotTakeAFailedApplyForAnInstalledUpdate() {
        happens("h1", JournalAction.APPLY, DemoPool.LEGACY.updateUuid(), "UPDATE_APPLY_FAILED");

        assertThat(host(1).applied()).isEmpty();
    }

    @Test
    void makesAScenarioOfWhatItRemembers() {
        happens("h1", JournalAction.APPLY, DemoPool.LEGACY.updateUuid(), "ok");
        happens("h2", JournalAction.DISABLE, "h2", "");

        var scenario = memory.scenario(DemoPool.LEGACY);

        assertThat(scenario.updates().get(0).appliedOn()).containsExactly(1);
        assertThat(scenario.updates().get(0).rebootPendingOn()).containsExactly(1);
        assertThat(scenario.host(2).isDisabled()).isTrue();
        assertThat(scenario.host(1).isDisabled()).isFalse();
    }

    @Test
    void survivesInAFile(@TempDir Path directory) {
        happens("h1", JournalAction.REBOOT_FINISHED, "h1", "");
        var written = new Memory(AT, Map.of(DemoPool.LEGACY, memory));

        written.write(Memory.file(directory));

        assertThat(Memory.read(Memory.file(directory))).isEqualTo(written);
    }

    @Test
    void neverTurnsItsClockBack() {
        var ahead = Instant.now().plusSeconds(3600);

        assertThat(DemoClock.from(ahead, 60).now()).isAfterOrEqualTo(ahead);
        assertThat(DemoClock.from(Instant.EPOCH, 60).now())
                .isAfter(Instant.now().minusSeconds(5));
    }

    private HostMemory host(int index) {
        return memory.hosts().get(index);
    }

    private void happens(String host, JournalAction action, String subject, String detail) {
        var entry = new JournalEntry(1, AT, null, null, "pool", host, action, subject, detail);
        memory = memory.after(entry, DemoPool.LEGACY, LEGACY);
    }
}
