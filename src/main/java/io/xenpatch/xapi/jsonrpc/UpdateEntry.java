package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xen.AvailableUpdate;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.LivePatch;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What {@code GET /updates} says of a host, of an update and of a live patch: in today's shape (xapi.md §7.3), and in that of servers
 * before 24.10, where guidance was flat and versions were in one piece (xencenter.md §8.2). Whatever is missing, or not what it should be,
 * is left out, but for guidance: what can't be read may be anything, and is never taken for nothing.
 */
final class UpdateEntry {
    private static final String PACKAGE = ".rpm";
    private static final Set<String> COMPONENTS = Set.of("xen", "kernel");
    private static final String NESTED = "guidance";
    private static final String FLAT = "recommended-guidance";
    private static final String FLAT_FULL = "absolute-guidance";

    private UpdateEntry() {}

    static HostUpdates host(JsonNode entry) {
        return new HostUpdates(
                guidance(entry),
                words(entry.path("RPMS")).map(UpdateEntry::bare).toList(),
                words(entry.path("updates")).collect(Collectors.toSet()),
                livePatches(entry));
    }

    /** XAPI names files where it means packages. */
    private static String bare(String file) {
        return file.endsWith(PACKAGE) ? file.substring(0, file.length() - PACKAGE.length()) : file;
    }

    /** Empty when it has no id: nothing could name it. */
    static Optional<AvailableUpdate> update(JsonNode entry) {
        var id = text(entry, "id");
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new AvailableUpdate(
                        id,
                        first(entry, "title", "summary"),
                        text(entry, "description"),
                        text(entry, "type"),
                        text(entry, "severity"),
                        XapiTime.parse(text(entry, "issued")),
                        first(entry, "URL", "url"),
                        guidance(entry),
                        isNested(entry)
                                ? guidances(entry.path(NESTED).path("livepatch"))
                                : guidances(entry.path("livepatch-guidance")),
                        livePatches(entry)));
    }

    private static boolean isNested(JsonNode entry) {
        return entry.path(NESTED).isObject();
    }

    /** Levels without guidance are not in it. */
    private static Map<GuidanceLevel, Set<Guidance>> guidance(JsonNode entry) {
        var levels = new EnumMap<GuidanceLevel, Set<Guidance>>(GuidanceLevel.class);
        if (isNested(entry)) {
            var nested = entry.path(NESTED);
            levels.put(GuidanceLevel.MANDATORY, guidances(nested.path("mandatory")));
            levels.put(GuidanceLevel.RECOMMENDED, guidances(nested.path("recommended")));
            levels.put(GuidanceLevel.FULL, guidances(nested.path("full")));
        } else if (entry.has(FLAT) || entry.has(FLAT_FULL)) {
            flat(entry, levels);
        } else {
            levels.put(GuidanceLevel.MANDATORY, EnumSet.of(Guidance.UNKNOWN));
        }
        levels.values().removeIf(Set::isEmpty);
        levels.replaceAll((level, guidances) -> Set.copyOf(guidances));
        return levels;
    }

    /** Leaving the host is for before the update, so it can't be done without: the flat shape has no list of its own for that. */
    private static void flat(JsonNode entry, Map<GuidanceLevel, Set<Guidance>> levels) {
        var recommended = guidances(entry.path(FLAT));
        if (recommended.remove(Guidance.EVACUATE_HOST)) {
            levels.put(GuidanceLevel.MANDATORY, EnumSet.of(Guidance.EVACUATE_HOST));
        }
        levels.put(GuidanceLevel.RECOMMENDED, recommended);
        levels.put(GuidanceLevel.FULL, guidances(entry.path(FLAT_FULL)));
    }

    private static Set<Guidance> guidances(JsonNode list) {
        var found = EnumSet.noneOf(Guidance.class);
        elements(list)
                .filter(each -> !each.isString() || !each.stringValue().isEmpty())
                .map(each -> each.isString() ? Guidance.parse(each.stringValue()) : Guidance.UNKNOWN)
                .forEach(found::add);
        return found;
    }

    private static List<LivePatch> livePatches(JsonNode entry) {
        return elements(entry.path("livepatches"))
                .flatMap(each -> livePatch(each).stream())
                .toList();
    }

    /** Empty when it does not say all that it takes to load it. */
    static Optional<LivePatch> livePatch(JsonNode entry) {
        var patch = new LivePatch(
                text(entry, "component"),
                first(entry, "base_build_id", "base-buildid"),
                version(entry, "base"),
                version(entry, "to"));
        var isComplete = COMPONENTS.contains(patch.component())
                && Stream.of(patch.baseBuildId(), patch.base(), patch.to()).noneMatch(String::isEmpty);
        return isComplete ? Optional.of(patch) : Optional.empty();
    }

    /** {@code version-release}; empty when a part is missing. */
    private static String version(JsonNode entry, String name) {
        var version = text(entry, name + "_version");
        var release = text(entry, name + "_release");
        return version.isEmpty() || release.isEmpty() ? text(entry, name) : version + "-" + release;
    }

    private static Stream<String> words(JsonNode list) {
        return elements(list).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    /** Servers before 24.10 write a single guidance without a list, and none as an empty text. */
    private static Stream<JsonNode> elements(JsonNode list) {
        if (list.isArray()) {
            return StreamSupport.stream(list.spliterator(), false);
        }
        return list.isMissingNode() || list.isNull() ? Stream.of() : Stream.of(list);
    }

    private static String first(JsonNode entry, String name, String otherwise) {
        var text = text(entry, name);
        return text.isEmpty() ? text(entry, otherwise) : text;
    }

    static String text(JsonNode entry, String name) {
        var value = entry.path(name);
        return value.isString() ? value.stringValue() : "";
    }
}
