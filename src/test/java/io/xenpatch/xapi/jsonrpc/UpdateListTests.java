package io.xenpatch.xapi.jsonrpc;

import static io.xenpatch.xen.Guidance.EVACUATE_HOST;
import static io.xenpatch.xen.Guidance.REBOOT_HOST;
import static io.xenpatch.xen.Guidance.RESTART_DEVICE_MODEL;
import static io.xenpatch.xen.Guidance.RESTART_TOOLSTACK;
import static io.xenpatch.xen.GuidanceLevel.FULL;
import static io.xenpatch.xen.GuidanceLevel.MANDATORY;
import static io.xenpatch.xen.GuidanceLevel.RECOMMENDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.AvailableUpdate;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatch;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.RepositoryUpdates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Both shapes of {@code GET /updates} become the same words. */
class UpdateListTests {
    private static final Path ORACLE = Path.of("src/test/resources/oracle-guidance.json");
    private static final HostUuid HOST = new HostUuid(new UUID(0, 1));
    private static final LivePatch LIVE_PATCH = new LivePatch("xen", "9d1f", "4.17.3-1.xs8", "4.17.3-2.xs8");

    private static final String TODAY = """
            {"xapi-api-version": "2.23",
             "hosts": [{"ref": "OpaqueRef:1",
               "guidance": {"mandatory": ["RestartToolstack"], "recommended": ["RebootHost"], "full": ["RestartVM"]},
               "RPMS": ["xen-hypervisor-4.17.3-2.xs8.x86_64.rpm", "kernel-1:4.19-8.x86_64"],
               "updates": ["UPDATE-1"],
               "livepatches": [{"component": "xen", "base_build_id": "9d1f", "base_version": "4.17.3", "base_release": "1.xs8",
                                "to_version": "4.17.3", "to_release": "2.xs8"}]}],
             "updates": [{"id": "UPDATE-1", "summary": "short", "description": "long", "special-info": "none",
               "URL": "https://example.com/1", "type": "security", "issued": "20230815T12:34:56Z", "severity": "High",
               "livepatches": [{"component": "xen", "base_build_id": "9d1f", "base_version": "4.17.3", "base_release": "1.xs8",
                                "to_version": "4.17.3", "to_release": "2.xs8"}],
               "guidance": {"mandatory": [], "recommended": ["RebootHost"], "full": [], "livepatch": ["RestartDeviceModel"]},
               "title": "Security update"}],
             "hash": "0b9c"}
            """;

    private static final String FLAT = """
            {"hosts": [{"ref": "OpaqueRef:1",
               "recommended-guidance": ["RebootHost", "RestartToolstack"], "absolute-guidance": ["RestartVM"],
               "RPMS": ["xen-hypervisor-4.17.3-2.xs8.x86_64.rpm", "kernel-1:4.19-8.x86_64.rpm"],
               "updates": ["UPDATE-1"],
               "livepatches": [{"component": "xen", "base-buildid": "9d1f", "base": "4.17.3-1.xs8", "to": "4.17.3-2.xs8"}]}],
             "updates": [{"id": "UPDATE-1", "summary": "short", "description": "long", "special-info": "none",
               "url": "https://example.com/1", "type": "SecurityFix", "issued": "2023-08-15T12:34:56Z", "severity": "High",
               "recommended-guidance": "RebootHost", "absolute-guidance": "", "livepatch-guidance": "RestartDeviceModel",
               "livepatches": [{"component": "xen", "base-buildid": "9d1f", "base": "4.17.3-1.xs8", "to": "4.17.3-2.xs8"}]}],
             "hash": "0b9c"}
            """;

    private static RepositoryUpdates read(String json) {
        try (var parser = JsonRpc.MAPPER.createParser(json.getBytes(StandardCharsets.UTF_8))) {
            return UpdateList.read(parser, Map.of("OpaqueRef:1", HOST));
        }
    }

    @Test
    void shapeOfTodayIsRead() {
        var list = read(TODAY);

        assertThat(list.hash()).isEqualTo("0b9c");
        assertThat(list.of(HOST))
                .contains(new HostUpdates(
                        Map.of(
                                MANDATORY, Set.of(RESTART_TOOLSTACK),
                                RECOMMENDED, Set.of(REBOOT_HOST),
                                FULL, Set.of(Guidance.RESTART_VM)),
                        List.of("xen-hypervisor-4.17.3-2.xs8.x86_64", "kernel-1:4.19-8.x86_64"),
                        Set.of("UPDATE-1"),
                        List.of(LIVE_PATCH)));
        assertThat(list.missingOn(HOST)).containsExactly(update("Security update", "security"));
    }

    @Test
    void flatShapeIsReadAsTheSameWords() {
        var list = read(FLAT);

        assertThat(list.hash()).isEqualTo("0b9c");
        assertThat(list.of(HOST))
                .contains(new HostUpdates(
                        Map.of(RECOMMENDED, Set.of(REBOOT_HOST, RESTART_TOOLSTACK), FULL, Set.of(Guidance.RESTART_VM)),
                        List.of("xen-hypervisor-4.17.3-2.xs8.x86_64", "kernel-1:4.19-8.x86_64"),
                        Set.of("UPDATE-1"),
                        List.of(LIVE_PATCH)));
        assertThat(list.missingOn(HOST)).containsExactly(update("short", "SecurityFix"));
    }

    private static AvailableUpdate update(String title, String type) {
        return new AvailableUpdate(
                "UPDATE-1",
                title,
                "long",
                type,
                "High",
                Instant.parse("2023-08-15T12:34:56Z"),
                "https://example.com/1",
                Map.of(RECOMMENDED, Set.of(REBOOT_HOST)),
                Set.of(RESTART_DEVICE_MODEL),
                List.of(LIVE_PATCH));
    }

    /** XAPI's own entries for hosts (oracle-guidance.json, consolidate_updates_of_host). */
    static Stream<Arguments> oracle() {
        var suite = JsonRpc.MAPPER
                .readTree(ORACLE.toFile())
                .path("suites")
                .path("consolidate_updates_of_host")
                .path("cases");
        return suite.valueStream()
                .map(each -> Arguments.of(
                        "consolidate_updates_of_host " + each.get("n"),
                        each.path("expected").path("host_updates")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oracle")
    void everyEntryThatXapiWritesForAHostIsRead(String id, JsonNode entry) {
        var host = read("{\"hash\":\"" + id + "\",\"hosts\":["
                        + entry.toString().replace("string_of_host_ref", "OpaqueRef:1") + "]}")
                .of(HOST)
                .orElseThrow();

        assertThat(host.packages())
                .containsExactlyElementsOf(entry.path("RPMS")
                        .valueStream()
                        .map(file -> file.stringValue().replaceFirst("\\.rpm$", ""))
                        .toList());
        assertThat(host.updates())
                .containsExactlyInAnyOrderElementsOf(entry.path("updates")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .toList());
        for (var level : GuidanceLevel.values()) {
            assertThat(host.at(level))
                    .containsExactlyInAnyOrderElementsOf(entry.path("guidance")
                            .path(level.name().toLowerCase(java.util.Locale.ROOT))
                            .valueStream()
                            .map(word -> Guidance.parse(word.stringValue()))
                            .toList());
        }
        assertThat(host.isEmpty()).isEqualTo(entry.path("RPMS").isEmpty());
        assertThat(host.livePatchStatus()).isEqualTo(LivePatchStatus.NONE);
    }

    /** In the flat shape what must be done before the update stands among what should be done after it. */
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "'', '', '', '', ''",
        "RebootHost, '', '', REBOOT_HOST, ''",
        "EvacuateHost, '', EVACUATE_HOST, '', ''",
        "EvacuateHost RestartToolstack, RebootHost, EVACUATE_HOST, RESTART_TOOLSTACK, REBOOT_HOST",
        "RestartDeviceModel, RestartVM, '', RESTART_DEVICE_MODEL, RESTART_VM",
        "'', EvacuateHost, '', '', EVACUATE_HOST",
        "InventedIn2031, '', '', UNKNOWN, ''"
    })
    void flatGuidanceGoesToItsLevels(
            String recommended, String absolute, String mandatory, String expected, String full) {
        var host = read("{\"hash\":\"\",\"hosts\":[{\"ref\":\"OpaqueRef:1\",\"recommended-guidance\":"
                        + list(recommended) + ",\"absolute-guidance\":" + list(absolute) + "}]}")
                .of(HOST)
                .orElseThrow();

        assertThat(host.guidance()).isEqualTo(levels(Map.of(MANDATORY, mandatory, RECOMMENDED, expected, FULL, full)));
    }

    /** A word that nobody knows yet is never taken for nothing. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "RebootHost, REBOOT_HOST",
        "EvacuateHost, EVACUATE_HOST",
        "RestartToolstack, RESTART_TOOLSTACK",
        "RestartDeviceModel, RESTART_DEVICE_MODEL",
        "RestartVM, RESTART_VM",
        "RebootHostOnLivePatchFailure, REBOOT_HOST_ON_LIVE_PATCH_FAILURE",
        "RebootHostOnKernelLivePatchFailure, REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE",
        "RebootHostOnXenLivePatchFailure, REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE",
        "InventedIn2031, UNKNOWN"
    })
    void wordsOfGuidanceAreReadAtEveryLevel(String word, Guidance guidance) {
        for (var level : GuidanceLevel.values()) {
            var name = level.name().toLowerCase(java.util.Locale.ROOT);
            var host = read("{\"hash\":\"\",\"hosts\":[{\"ref\":\"OpaqueRef:1\",\"guidance\":{\"" + name + "\":[\""
                            + word + "\"]}}]}")
                    .of(HOST)
                    .orElseThrow();

            assertThat(host.guidance()).isEqualTo(Map.of(level, Set.of(guidance)));
        }
    }

    private static String list(String words) {
        return words.isEmpty()
                ? "[]"
                : Arrays.stream(words.split(" ")).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    private static Map<GuidanceLevel, Set<Guidance>> levels(Map<GuidanceLevel, String> words) {
        var levels = new EnumMap<GuidanceLevel, Set<Guidance>>(GuidanceLevel.class);
        words.forEach((level, word) -> {
            if (!word.isEmpty()) {
                levels.put(level, Set.of(Guidance.valueOf(word)));
            }
        });
        return levels;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"component\":\"xen\",\"base_build_id\":\"a\",\"base_version\":\"1\",\"base_release\":\"2\",\"to_version\":\"3\"}",
                "{\"component\":\"xen\",\"base_build_id\":\"a\",\"base_version\":\"1\",\"to_version\":\"3\",\"to_release\":\"4\"}",
                "{\"component\":\"xen\",\"base_version\":\"1\",\"base_release\":\"2\",\"to_version\":\"3\",\"to_release\":\"4\"}",
                "{\"component\":\"xen\",\"base_build_id\":7,\"base\":\"1-2\",\"to\":\"3-4\"}",
                "{\"component\":\"tapdisk\",\"base_build_id\":\"a\",\"base\":\"1-2\",\"to\":\"3-4\"}",
                "{\"base_build_id\":\"a\",\"base\":\"1-2\",\"to\":\"3-4\"}",
                "\"xen 1-2 to 3-4\"",
                "null",
                "[]",
                "{}"
            })
    void livePatchThatDoesNotSayAllIsLeftOut(String livePatch) {
        var list = read("{\"hash\":\"\",\"hosts\":[{\"ref\":\"OpaqueRef:1\",\"RPMS\":[\"a\"],\"livepatches\":["
                + livePatch + "]}],\"updates\":[{\"id\":\"U\",\"livepatches\":[" + livePatch + "]}]}");

        assertThat(list.of(HOST).orElseThrow().livePatches()).isEmpty();
        assertThat(list.updates())
                .singleElement()
                .satisfies(update -> assertThat(update.livePatches()).isEmpty());
    }

    /** Members that are missing or of another kind cost nothing but themselves. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hash\":\"h\"}",
                "{\"hash\":\"h\",\"hosts\":null,\"updates\":null}",
                "{\"hash\":\"h\",\"hosts\":{\"a\":[]},\"updates\":\"none\"}",
                "{\"hash\":\"h\",\"hosts\":[null,1,[],{\"RPMS\":[]},{\"ref\":\"OpaqueRef:2\"}],\"updates\":[null,{},{\"id\":1}]}"
            })
    void listWithoutAnythingThatCanBeNamedIsEmpty(String json) {
        assertThat(read(json)).isEqualTo(new RepositoryUpdates("h", Map.of(), List.of()));
    }

    @Test
    void hostAndUpdateOfWhichLittleIsSaidAreRead() {
        var list =
                read("{\"updates\":[{\"id\":\"U\"}],\"hosts\":[{\"ref\":\"OpaqueRef:1\",\"guidance\":{},\"RPMS\":7}],"
                        + "\"more\":{\"of\":[\"it\"]},\"hash\":\"h\"}");

        assertThat(list.of(HOST)).contains(HostUpdates.NONE);
        assertThat(list.updates())
                .containsExactly(new AvailableUpdate(
                        "U",
                        "",
                        "",
                        "",
                        "",
                        null,
                        "",
                        Map.of(MANDATORY, Set.of(Guidance.UNKNOWN)),
                        Set.of(),
                        List.of()));
    }

    static Stream<Arguments> unreadableGuidance() {
        return Stream.of(
                Arguments.of("\"RPMS\":[]", MANDATORY),
                Arguments.of("\"guidance\":[\"RebootHost\"]", MANDATORY),
                Arguments.of("\"guidance\":{\"mandatory\":[7]}", MANDATORY),
                Arguments.of("\"guidance\":{\"recommended\":{\"a\":1}}", RECOMMENDED),
                Arguments.of("\"guidance\":{\"full\":true}", FULL),
                Arguments.of("\"recommended-guidance\":[[]]", RECOMMENDED),
                Arguments.of("\"absolute-guidance\":{}", FULL));
    }

    /** It may be anything. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableGuidance")
    void guidanceThatCannotBeReadIsNeverTakenForNothing(String member, GuidanceLevel level) {
        var host = read("{\"hash\":\"\",\"hosts\":[{\"ref\":\"OpaqueRef:1\"," + member + "}]}")
                .of(HOST)
                .orElseThrow();

        assertThat(host.guidance()).isEqualTo(Map.of(level, Set.of(Guidance.UNKNOWN)));
    }

    @Test
    void evacuationOfAnUpdateIsMandatoryInTheFlatShapeToo() {
        var list = read("{\"hash\":\"\",\"updates\":[{\"id\":\"U\",\"recommended-guidance\":\"EvacuateHost\"}]}");

        assertThat(list.updates())
                .singleElement()
                .satisfies(update -> assertThat(update.guidance()).isEqualTo(Map.of(MANDATORY, Set.of(EVACUATE_HOST))));
    }
}
