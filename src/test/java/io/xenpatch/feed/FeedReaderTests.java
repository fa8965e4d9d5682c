package io.xenpatch.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.UpdateUuid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedReaderTests {
    private static final String ONE = "10000000-0000-0000-0000-000000000001";
    private static final String TWO = "10000000-0000-0000-0000-000000000002";
    private static final String CUMULATIVE = "10000000-0000-0000-0000-000000000003";
    private static final String CONTENT = "10000000-0000-0000-0000-00000000000a";

    private static PublishedUpdates example() {
        try {
            var document = FeedReader.read(Files.readAllBytes(Path.of("src/test/resources/feed/updates.xml")));
            assertThat(document.warnings()).isEmpty();
            return document.published();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static FeedDocument read(String xml) {
        return FeedReader.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String feed(String patches, String versions) {
        return "<patchdata><patches>" + patches + "</patches><serverversions>" + versions
                + "</serverversions></patchdata>";
    }

    private static String patch(String uuid, String inside) {
        return "<patch uuid='" + uuid + "' name-label='" + uuid.substring(35) + "'>" + inside + "</patch>";
    }

    private static String requires(String uuid) {
        return "<requiredpatches><requiredpatch uuid='" + uuid + "'/></requiredpatches>";
    }

    private static UpdateUuid uuid(String text) {
        return UpdateUuid.of(text);
    }

    @Test
    void readsAnUpdateWithAllThatItSays() {
        assertThat(example().update(uuid(ONE)))
                .contains(new PublishedUpdate(
                        uuid(ONE),
                        "XS82E001",
                        "Hotfix 1",
                        "1.0",
                        "https://updates.example/XS82E001",
                        Instant.parse("2020-07-09T12:00:00Z"),
                        Set.of(Guidance.REBOOT_HOST),
                        false,
                        true,
                        1048576,
                        524288,
                        List.of(),
                        List.of()));
    }

    @Test
    void readsWhatAnUpdateRequiresAndExcludesAndThatItsGuidanceIsMandatory() {
        var update = example().update(uuid(TWO)).orElseThrow();

        assertThat(update.requires()).containsExactly(uuid(ONE));
        assertThat(update.conflicts()).containsExactly(uuid(CUMULATIVE));
        assertThat(update.guidance()).containsExactly(Guidance.RESTART_TOOLSTACK);
        assertThat(update.mandatory()).isTrue();
        assertThat(update.publishedAt()).isEqualTo("2020-10-01T00:00:00Z");
    }

    @Test
    void hasDefaultsForWhatAnUpdateDoesNotSay() {
        var update = example().update(uuid(CONTENT)).orElseThrow();

        assertThat(update.guidance()).isEmpty();
        assertThat(update.installationSize()).isZero();
        assertThat(update.publishedAt()).isNull();
        assertThat(example().update(uuid(CUMULATIVE)).orElseThrow().publishedAt())
                .as("what is no time")
                .isNull();
    }

    @Test
    void readsVersionsWithTheirUpdates() {
        assertThat(example().versions())
                .containsExactly(
                        new PublishedVersion(
                                "8.2.0",
                                "Citrix Hypervisor 8.2",
                                "release/stockholm/master/7",
                                null,
                                List.of(uuid(ONE), uuid(TWO), uuid(CUMULATIVE)),
                                List.of(uuid(CUMULATIVE))),
                        new PublishedVersion(
                                "8.2.1",
                                "Citrix Hypervisor 8.2 CU1",
                                "",
                                uuid(CUMULATIVE),
                                List.of(uuid(CONTENT)),
                                List.of()),
                        new PublishedVersion("7.0.0", "XenServer 7.0", "", null, List.of(), null));
        assertThat(example().madeBy(uuid(CUMULATIVE)).orElseThrow().version()).isEqualTo("8.2.1");
    }

    @Test
    void leavesAloneWhatItDoesNotKnow() {
        assertThat(example().updates()).hasSize(4);
        assertThat(read("<feed new='yes'><serverversions/><x><patches><patch/></patches></x></feed>")
                        .published()
                        .updates())
                .isEmpty();
    }

    @Test
    void takesAnUnknownWordForWhatItMayMean() {
        var document = read(feed("<patch uuid='" + ONE + "' after-apply-guidance='restartUniverse, restartHVM'/>", ""));

        assertThat(document.published().updates().get(0).guidance())
                .containsExactlyInAnyOrder(Guidance.UNKNOWN, Guidance.RESTART_HVM);
    }

    private static void assertRefused(String xml, FeedFailure.Code code, String... words) {
        assertThatThrownBy(() -> read(xml)).isInstanceOfSatisfying(FeedFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(words)
                    .allMatch(word -> String.valueOf(failure.getMessage()).contains(word));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<patchdata><patches></patchdata>",
                "<html><body>Sign in</body></html>",
                "{\"patches\": []}"
            })
    void refusesWhatIsNoFeed(String text) {
        assertRefused(text, FeedFailure.Code.NOT_A_FEED);
    }

    @Test
    void refusesDocumentTypesSoThatNoEntityIsEverReadOrMultiplied() {
        assertRefused(
                "<!DOCTYPE patchdata [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + feed(patch(ONE, "&e;"), ""),
                FeedFailure.Code.NOT_A_FEED,
                "DOCTYPE");
        assertRefused(
                "<!DOCTYPE patchdata [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>" + feed(patch(ONE, "&b;"), ""),
                FeedFailure.Code.NOT_A_FEED,
                "DOCTYPE");
        assertRefused(
                "<!DOCTYPE patchdata SYSTEM 'http://127.0.0.1:1/x.dtd'>" + feed("", ""), FeedFailure.Code.NOT_A_FEED);
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThat(read("<patchdata><patches/>" + "<a>".repeat(15) + "</a>".repeat(15) + "</patchdata>")
                        .published()
                        .updates())
                .isEmpty();
        assertRefused(
                "<patchdata><patches/>" + "<a>".repeat(1000) + "</a>".repeat(1000) + "</patchdata>",
                FeedFailure.Code.NOT_A_FEED,
                "depth");
    }

    @Test
    void refusesAnUpdateThatIsThereTwiceInWhateverCase() {
        assertRefused(
                feed(patch(CONTENT, "") + patch(CONTENT.toUpperCase(Locale.ROOT), ""), ""),
                FeedFailure.Code.INVALID,
                CONTENT,
                "twice");
    }

    @Test
    void refusesAVersionThatIsThereTwiceUnlessTheBuildDiffers() {
        assertThat(read(feed("", "<version value='8' build-number='1'/><version value='8' build-number='2'/>"))
                        .published()
                        .versions())
                .hasSize(2);
        assertRefused(feed("", "<version value='8'/><version value='8'/>"), FeedFailure.Code.INVALID, "8", "twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "<patch name-label='A'/>; update A names no uuid",
                "<patch name-label='A' uuid='1-2'/>; update A names something that is no uuid",
                "<patch name-label='A' uuid='10000000-0000-0000-0000-000000000001' installation-size='much'/>; the installation-size of update A is no number of bytes",
                "<patch name-label='A' uuid='10000000-0000-0000-0000-000000000001' download-size='-1'/>; the download-size of update A is no number of bytes",
            })
    void refusesAnUpdateThatCannotBeReadAndSaysWhich(String patch, String words) {
        assertRefused(feed(patch, ""), FeedFailure.Code.INVALID, words);
    }

    @Test
    void keepsLineBreaksOutOfWhatItSays() {
        assertRefused(
                feed("<patch name-label='A&#10;WARN forged'/>", ""),
                FeedFailure.Code.INVALID,
                "update A WARN forged names no uuid");
    }

    @Test
    void saysAllThatIsWrongAtOnceButNotWithoutEnd() {
        var many = new StringBuilder();
        for (var number = 0; number < 30; number++) {
            many.append("<patch name-label='A").append(number).append("'/>");
        }

        assertRefused(feed(many.toString(), ""), FeedFailure.Code.INVALID, "A0", "A19", "and 10 more");
    }

    @Test
    void refusesAVersionWithoutAValue() {
        assertRefused(feed("", "<version name='no value'/>"), FeedFailure.Code.INVALID, "no value");
    }

    @Test
    void warnsOfReferencesThatLeadNowhere() {
        var document = read(feed(
                patch(
                        ONE,
                        requires(TWO) + "<conflictingpatches><conflictingpatch uuid='" + CONTENT
                                + "'/></conflictingpatches>"),
                "<version value='8.2.0' build-number='7' patch-uuid='" + CUMULATIVE + "'><patch uuid='" + TWO
                        + "'/><minimalpatches><patch uuid='" + ONE + "'/></minimalpatches></version>"));

        assertThat(document.published().updates()).hasSize(1);
        assertThat(document.warnings())
                .containsExactly(
                        "update 1 requires update " + TWO + ", which is not described",
                        "update 1 conflicts with update " + CONTENT + ", which is not described",
                        "version 8.2.0 build 7 lists update " + TWO + ", which is not described",
                        "version 8.2.0 build 7 lists update " + CUMULATIVE + ", which is not described");
    }

    @Test
    void warnsOfRequirementsThatGoInACircle() {
        var document = read(feed(patch(ONE, requires(TWO)) + patch(TWO, requires(ONE)) + patch(CONTENT, ""), ""));

        assertThat(document.warnings())
                .containsExactly(
                        "update 1 can never be applied: what it requires goes in a circle",
                        "update 2 can never be applied: what it requires goes in a circle");
    }

    @Test
    void refusesMoreUpdatesThanAnyPublisherHas() {
        var many = new StringBuilder();
        for (var number = 0; number < 10_001; number++) {
            many.append("<patch uuid='")
                    .append(String.format("10000000-0000-0000-0000-%012d", number))
                    .append("'/>");
        }

        assertRefused(feed(many.toString(), ""), FeedFailure.Code.INVALID, "more than 10000");
    }
}
