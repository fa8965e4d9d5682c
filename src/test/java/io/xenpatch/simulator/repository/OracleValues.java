package io.xenpatch.simulator.repository;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xenpatch.simulator.model.ApiFailure;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The values of the oracle's cases in this package's words. */
final class OracleValues {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private OracleValues() {}

    static <T> List<T> list(JsonNode list, Function<JsonNode, T> each) {
        return StreamSupport.stream(list.spliterator(), false).map(each).toList();
    }

    static List<String> texts(JsonNode list) {
        return list(list, JsonNode::stringValue);
    }

    static String text(JsonNode json, String field) {
        return json.get(field).stringValue();
    }

    static @Nullable String textOrNull(JsonNode json, String field) {
        return json.get(field).stringValue(null);
    }

    static List<Guidance> guidances(JsonNode list) {
        return list(list, OracleValues::guidance);
    }

    private static Guidance guidance(JsonNode text) {
        return Arrays.stream(Guidance.values())
                .filter(guidance -> guidance.text().equals(text.stringValue()))
                .findFirst()
                .orElseThrow();
    }

    static GuidanceKind kind(JsonNode text) {
        return Arrays.stream(GuidanceKind.values())
                .filter(kind -> kind.text().equals(text.stringValue()))
                .findFirst()
                .orElseThrow();
    }

    static Guidances byKind(JsonNode json) {
        var byKind = new EnumMap<GuidanceKind, List<Guidance>>(GuidanceKind.class);
        for (var kind : GuidanceKind.values()) {
            if (json.has(kind.text())) {
                byKind.put(kind, guidances(json.get(kind.text())));
            }
        }
        return new Guidances(byKind);
    }

    static Evr evr(JsonNode json) {
        return new Evr(json.get("epoch").asInt(0), text(json, "version"), text(json, "release"));
    }

    private static @Nullable Evr evrOrNull(JsonNode json) {
        return json.isNull() ? null : evr(json);
    }

    static RpmPackage rpm(JsonNode json) {
        return new RpmPackage(text(json, "name"), text(json, "arch"), evr(json));
    }

    /** A package and the update that brings it. */
    static OfferedPackage offered(JsonNode json) {
        return new OfferedPackage(rpm(json.get("pkg")), text(json, "tag"));
    }

    static Map<String, Evr> installed(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .collect(toMap(each -> text(each, "name_arch"), each -> evr(each.get("pkg"))));
    }

    static RpmUpdate update(JsonNode json) {
        return new RpmUpdate(
                text(json, "name"),
                text(json, "arch"),
                evrOrNull(json.get("old")),
                evr(json.get("new")),
                textOrNull(json, "update_id"),
                text(json, "repository"));
    }

    static UpdatesInfo info(JsonNode updates) {
        return new UpdatesInfo(null, list(updates, OracleValues::record));
    }

    static UpdateRecord record(JsonNode json) {
        return new UpdateRecord(
                text(json, "id"),
                text(json, "type"),
                text(json, "summary"),
                text(json, "description"),
                text(json, "special_info"),
                text(json, "url"),
                text(json, "title"),
                DATE.parse(text(json, "issued"), Instant::from),
                Severity.of(text(json, "severity")).orElseThrow(),
                byKind(json.get("guidance")),
                list(json.get("guidance_applicabilities"), OracleValues::applicability),
                list(json.get("livepatches"), OracleValues::livePatch));
    }

    private static Applicability applicability(JsonNode json) {
        return new Applicability(
                text(json, "name"),
                text(json, "arch"),
                Inequality.of(text(json, "inequality")).orElseThrow(),
                evr(json));
    }

    static RepositoryLivePatch livePatch(JsonNode json) {
        return new RepositoryLivePatch(
                component(json.get("component")),
                text(json, "base_build_id"),
                text(json, "base_version"),
                text(json, "base_release"),
                text(json, "to_version"),
                text(json, "to_release"));
    }

    static LivePatchComponent component(JsonNode text) {
        return LivePatchComponent.of(text.stringValue()).orElseThrow();
    }

    /** That a call answers what the oracle expects of a case, or fails with the API error that it expects. */
    static <T> void assertAnswers(Supplier<T> call, JsonNode row, Function<JsonNode, T> value) {
        var expected = row.get("expected");
        if (expected.has("error")) {
            assertThatExceptionOfType(ApiFailure.class)
                    .isThrownBy(call::get)
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(text(expected, "error")))
                    .satisfies(failure -> assertThat(failure.params()).isEqualTo(texts(expected.get("params"))));
        } else {
            assertThat(call.get()).isEqualTo(value.apply(expected.get("ok")));
        }
    }
}
