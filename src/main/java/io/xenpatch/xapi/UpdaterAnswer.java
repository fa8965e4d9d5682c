package io.xenpatch.xapi;

import io.xenpatch.xen.PackageUpdate;
import io.xenpatch.xen.PackagesInstalled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code updater.py} answers: JSON in a string. */
final class UpdaterAnswer {
    /** The headings of yum's summary under which what is now on the disk is listed. */
    private static final Set<String> INSTALLED =
            Set.of("Installed:", "Updated:", "Dependency Installed:", "Dependency Updated:");

    /** A name, its architecture and its version. */
    private static final Pattern NAME = Pattern.compile("(?:^|\\s)(\\S+)\\.[^\\s.]+\\s+\\d+:\\S+");

    private UpdaterAnswer() {}

    static List<PackageUpdate> missing(String json) {
        var list = read(json);
        if (!list.isArray()) {
            throw notAnAnswer();
        }
        return list.valueStream().map(UpdaterAnswer::update).toList();
    }

    private static PackageUpdate update(JsonNode told) {
        var name = text(told, "name");
        // an element that is no package would be one that nobody decides on
        if (name.isEmpty()) {
            throw notAnAnswer();
        }
        return new PackageUpdate(
                name,
                text(told, "version"),
                text(told, "release"),
                text(told, "description"),
                text(told, "url"),
                told.path("size").asLong(0),
                text(told, "license"),
                change(told.path("changelog")));
    }

    private static PackageUpdate.@Nullable Change change(JsonNode told) {
        if (!told.isObject()) {
            return null;
        }
        var date = told.path("date").asLong(0);
        return new PackageUpdate.Change(
                date == 0 ? null : Instant.ofEpochSecond(date), text(told, "author"), text(told, "description"));
    }

    static PackagesInstalled installed(String json) {
        var told = read(json);
        if (!told.isObject()) {
            throw notAnAnswer();
        }
        // "exit" before XCP-ng 8.2.1
        var status = told.path("returncode").asInt(told.path("exit").asInt(0));
        if (status != 0) {
            throw new XapiFailure.Refused(String.valueOf(status), List.of(text(told, "stderr")));
        }
        return new PackagesInstalled(names(text(told, "stdout")));
    }

    /** Under one of the headings: lines of {@code kernel.x86_64 0:4.19.19-8.0.44.1.xcpng8.3}, several of them where they fit. */
    private static List<String> names(String output) {
        var names = new LinkedHashSet<String>();
        var counts = false;
        for (var line : output.split("\\R")) {
            if (line.isBlank() || !Character.isWhitespace(line.charAt(0))) {
                counts = line.isBlank() ? counts : INSTALLED.contains(line.strip());
            } else if (counts) {
                NAME.matcher(line).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return new ArrayList<>(names);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static JsonNode read(String json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw notAnAnswer();
        }
    }

    private static XapiFailure.AnswerLost notAnAnswer() {
        return new XapiFailure.AnswerLost("the answer of the updater plugin is not of the kind that was asked for");
    }
}
