package io.xenpatch.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R32: what is still owed after packages were installed, from what clients noted. */
class InstallationNoteTests {

    private static HostSnapshot host(
            @Nullable String noted, @Nullable String entry, @Nullable Long bootedAt, @Nullable Long toolstackAt) {
        Map<String, String> config = new HashMap<>();
        if (noted != null) {
            config.put(InstallationNote.TIME, noted);
        }
        if (entry != null) {
            config.put(InstallationNote.OWED, entry);
        }
        return new HostSnapshot(
                new HostUuid(new UUID(0, 1)),
                "host",
                "10.0.0.1",
                true,
                true,
                bootedAt == null ? null : Instant.ofEpochSecond(bootedAt),
                toolstackAt == null ? null : Instant.ofEpochSecond(toolstackAt),
                Map.of(),
                Map.of(),
                config,
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                0,
                0,
                Map.of(),
                HostSoftware.UNKNOWN,
                RetiredSettings.NONE);
    }

    @ParameterizedTest(name = "{0}: installed {1}, entry {2}, booted {3}, toolstack {4} -> {5}")
    @CsvSource({
        "I1, , , 1000, 1090, NOTHING",
        "I2, 2000, , 1000, 1090, REBOOT_HOST",
        "I3, 2000.5, , 1000, 1090, REBOOT_HOST",
        "I4, 999.999, , 1000, 1090, NOTHING",
        "I5, 1000, , 1000, 1090, NOTHING",
        "I6, 1000.001, , 1000, 1090, REBOOT_HOST",
        "I6b, 2000.1234567, , 1000, 1090, REBOOT_HOST",
        "I7, 2000.000, 2000.000 NOTHING, 1000, 1090, NOTHING",
        "I8, 2000.000, 2000.000 RESTART_TOOLSTACK, 1000, 1090, RESTART_TOOLSTACK",
        "I9, 2000.000, 2000.000 RESTART_TOOLSTACK, 1000, 2000, NOTHING",
        "I10, 2000.000, 2000.000 REBOOT_HOST, 1000, 2100, REBOOT_HOST",
        // another client installed something later, and knows nothing of our entry
        "I11, 2001.5, 2000.000 NOTHING, 1000, 1090, REBOOT_HOST",
        "I12, 2000, 2000.000 NOTHING, 1000, 1090, REBOOT_HOST",
        "I13, 2000.000, 2000.000 ANYTHING, 1000, 1090, REBOOT_HOST",
        "I14, 2000.000, , , , REBOOT_HOST",
        "I15, 2000.000, 2000.000 RESTART_TOOLSTACK, , , RESTART_TOOLSTACK",
        "I16, soon, , 1000, 1090, NOTHING",
        "I17, 1e999999999, , 1000, 1090, NOTHING",
        "I17b, -5, , 1000, 1090, NOTHING",
        "I17c, 2000., , 1000, 1090, REBOOT_HOST",
        "I18, , 2000.000 REBOOT_HOST, 1000, 1090, NOTHING",
    })
    void hostOwesWhatWasNotedUntilItHasStartedSince(
            String id,
            @Nullable String noted,
            @Nullable String entry,
            @Nullable Long bootedAt,
            @Nullable Long toolstackAt,
            OwedRestart owed) {
        assertThat(host(noted, entry, bootedAt, toolstackAt).owedForPackages()).isEqualTo(owed);
    }

    @Test
    void noteIsReadAsItIsWritten() {
        var note = new InstallationNote(Instant.parse("2026-11-26T18:00:00.250Z"), OwedRestart.RESTART_TOOLSTACK);

        var host = host(
                note.entries().get(InstallationNote.TIME), note.entries().get(InstallationNote.OWED), 1000L, 1090L);

        assertThat(note.entries())
                .containsExactly(
                        Map.entry(InstallationNote.OWED, "1795716000.250 RESTART_TOOLSTACK"),
                        Map.entry(InstallationNote.TIME, "1795716000.250"));
        assertThat(host.packagesInstalledAt()).isEqualTo(note.at());
        assertThat(host.owedForPackages()).isEqualTo(OwedRestart.RESTART_TOOLSTACK);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "-1, The updater plugin is busy (current operation: check_update), BUSY",
        "-1, The updater plugin is busy (current operation: <UNKNOWN>), BUSY",
        "-1, The updater plugin is busy (current operation: update), UPDATE_IN_PROGRESS",
        "-1, Update already in progress, UPDATE_IN_PROGRESS",
        "1, Command 'yum' failed with code: 1, FAILED",
        "2, No such file or directory, FAILED",
        "-1, Cannot find a valid baseurl for repo: xcp-ng-base, FAILED",
        "XENAPI_MISSING_PLUGIN, updater.py, NO_PLUGIN",
        "UNKNOWN_XENAPI_PLUGIN_FUNCTION, check_update, NO_PLUGIN",
        "CANNOT_CONTACT_HOST, OpaqueRef:1, FAILED",
    })
    void refusalsOfTheUpdaterPluginAreToldApart(String code, String message, UpdaterRefusal refusal) {
        assertThat(UpdaterRefusal.of(code, List.of(message, "", "Traceback"))).isEqualTo(refusal);
    }

    @Test
    void refusalWithoutWordsIsAFailure() {
        assertThat(UpdaterRefusal.of("-1", List.of())).isEqualTo(UpdaterRefusal.FAILED);
        assertThat(UpdaterRefusal.FAILED.nothingHappened()).isFalse();
        assertThat(UpdaterRefusal.BUSY.nothingHappened()).isTrue();
    }
}
