package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.XapiTime;
import io.xenpatch.simulator.repository.Guidance;
import io.xenpatch.simulator.repository.GuidanceKind;
import io.xenpatch.simulator.repository.Guidances;
import io.xenpatch.simulator.repository.HostUpdates;
import io.xenpatch.simulator.repository.RepositoryLivePatch;
import io.xenpatch.simulator.repository.UpdateRecord;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JSON of {@code GET /updates}, as maps and lists. */
final class UpdatesDocument {
    private static final Set<GuidanceKind> OF_HOSTS =
            EnumSet.of(GuidanceKind.MANDATORY, GuidanceKind.RECOMMENDED, GuidanceKind.FULL);

    private UpdatesDocument() {}

    /** @param hosts reference, then what the host lacks */
    static Map<String, Object> of(Mirror mirror, Map<String, HostUpdates> hosts) {
        var document = new LinkedHashMap<String, Object>();
        if (mirror.info().apiVersion() != null) {
            document.put("xapi-api-version", mirror.info().apiVersion());
        }
        document.put(
                "hosts",
                hosts.entrySet().stream()
                        .map(entry -> host(entry.getKey(), entry.getValue()))
                        .toList());
        document.put(
                "updates",
                HostUpdates.updatesOf(mirror.info(), hosts.values()).stream()
                        .map(UpdatesDocument::update)
                        .toList());
        document.put("hash", mirror.hash());
        return document;
    }

    private static Map<String, Object> host(String ref, HostUpdates updates) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("ref", ref);
        entry.put("guidance", guidance(updates.guidance(), OF_HOSTS));
        entry.put("RPMS", updates.rpms());
        entry.put("updates", updates.updateIds());
        entry.put("livepatches", livePatches(updates.livePatches()));
        return entry;
    }

    private static Map<String, Object> update(UpdateRecord update) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", update.id());
        entry.put("summary", update.summary());
        entry.put("description", update.description());
        entry.put("special-info", update.specialInfo());
        entry.put("URL", update.url());
        entry.put("type", update.type());
        entry.put("issued", XapiTime.print(update.issued()));
        entry.put("severity", update.severity().text());
        entry.put("livepatches", livePatches(update.livePatches()));
        entry.put("guidance", guidance(update.guidance(), EnumSet.allOf(GuidanceKind.class)));
        entry.put("title", update.title());
        return entry;
    }

    private static Map<String, Object> guidance(Guidances guidances, Set<GuidanceKind> kinds) {
        var byKind = new LinkedHashMap<String, Object>();
        kinds.forEach(kind -> byKind.put(
                kind.text(), guidances.of(kind).stream().map(Guidance::text).toList()));
        return byKind;
    }

    private static List<Map<String, Object>> livePatches(List<RepositoryLivePatch> patches) {
        return patches.stream().map(LivePatching::json).toList();
    }
}
