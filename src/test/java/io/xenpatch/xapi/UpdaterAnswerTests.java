package io.xenpatch.xapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xenpatch.xen.PackageUpdate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON in strings: what {@code updater.py} answers, of old and of new versions. */
class UpdaterAnswerTests {

    @Test
    void readsAPackageWithItsChange() {
        var json = """
                [{"name": "kernel", "version": "4.19.19", "release": "8.0.44.1.xcpng8.3", "description": "The Linux kernel",
                  "changelog": {"date": 1790000000, "author": "Somebody <s@example.com> - 4.19.19-8", "description": "- Fix <it>"},
                  "url": "https://www.kernel.org/", "size": 31457280, "license": "GPLv2"}]""";

        assertThat(UpdaterAnswer.missing(json))
                .containsExactly(new PackageUpdate(
                        "kernel",
                        "4.19.19",
                        "8.0.44.1.xcpng8.3",
                        "The Linux kernel",
                        "https://www.kernel.org/",
                        31_457_280,
                        "GPLv2",
                        new PackageUpdate.Change(
                                Instant.ofEpochSecond(1_790_000_000),
                                "Somebody <s@example.com> - 4.19.19-8",
                                "- Fix <it>")));
    }

    @Test
    void readsAPackageThatSaysOnlyItsName() {
        assertThat(UpdaterAnswer.missing("[{\"name\": \"xo-lite\", \"changelog\": null, \"url\": null}]"))
                .containsExactly(new PackageUpdate("xo-lite", "", "", "", "", 0, "", null));
    }

    @Test
    void emptyListMeansThatTheHostHasEverything() {
        assertThat(UpdaterAnswer.missing("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "busy",
                "[",
                "[\"The updater plugin is busy\"]",
                "[{\"version\": \"1\"}]",
                "[{\"name\": \"\"}]",
                "[{\"name\": \"kernel\"}, null]"
            })
    void whatIsNoListOfPackagesIsNotTakenForOne(String json) {
        assertThatExceptionOfType(XapiFailure.AnswerLost.class).isThrownBy(() -> UpdaterAnswer.missing(json));
    }

    @Test
    void readsWhatWasInstalledFromTheSummary() {
        var output = """
                Loaded plugins: fastestmirror
                Resolving Dependencies
                --> Running transaction check
                Dependencies Resolved
                  Updating  : kernel-4.19.19-8.0.44.1.xcpng8.3.x86_64    1/2

                Removed:
                  old-thing.noarch 0:1-1

                Installed:
                  kernel-alt.x86_64 0:4.19.265-1.xcpng8.3

                Updated:
                  kernel.x86_64 0:4.19.19-8.0.44.1.xcpng8.3    xapi-core.x86_64 0:26.1.4-1
                  xsconsole.noarch 0:11.0.9-1.1.xcpng8.3

                Dependency Updated:
                  xapi-xe.x86_64 0:26.1.4-1

                Complete!
                """;

        assertThat(UpdaterAnswer.installed(answer(output)).names())
                .containsExactly("kernel-alt", "kernel", "xapi-core", "xsconsole", "xapi-xe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"stdout\": \"No packages marked for update\\n\", \"stderr\": \"\", \"returncode\": 0}",
                "{\"exit\": 0, \"stdout\": \"\"}",
                "{}"
            })
    void nothingWasInstalledWhereNothingIsSaid(String json) {
        assertThat(UpdaterAnswer.installed(json).names()).isEmpty();
    }

    /** Before XCP-ng 8.2.1 the plugin answers although yum failed. */
    @ParameterizedTest
    @ValueSource(strings = {"exit", "returncode"})
    void statusOfTheCommandIsItsFailure(String word) {
        assertThatExceptionOfType(XapiFailure.Refused.class)
                .isThrownBy(() -> UpdaterAnswer.installed("{\"" + word + "\": 1, \"stderr\": \"No more mirrors\"}"))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo("1");
                    assertThat(refused.parameters()).isEqualTo(List.of("No more mirrors"));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "ok"})
    void whatIsNoAnswerOfACommandIsLost(String json) {
        assertThatExceptionOfType(XapiFailure.AnswerLost.class).isThrownBy(() -> UpdaterAnswer.installed(json));
    }

    @Test
    void stringOfATaskIsReadWithAllItsEntities() {
        var task = new XapiTask.Succeeded("<value>[&quot;a &amp;lt; b&apos;s&#10;&quot;]</value>");

        assertThat(task.string()).isEqualTo("[\"a &lt; b's\n\"]");
        assertThat(new XapiTask.Succeeded("").string()).isEmpty();
        assertThatExceptionOfType(XapiFailure.AnswerLost.class)
                .isThrownBy(() -> new XapiTask.Succeeded("no XML").string());
    }

    private static String answer(String output) {
        return "{\"returncode\": 0, \"stderr\": \"\", \"stdout\": \"" + output.replace("\n", "\\n") + "\"}";
    }
}
