package io.xenpatch.simulator;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Recordings whose state a simulated pool can't have, each with its reason. */
final class ExcludedRecordings {
    private static final Path FILE = Path.of("src/test/resources/recordings-excluded.yaml");

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ExcludedRecordings() {}

    static ExcludedRecordings read() {
        var excluded = new ExcludedRecordings();
        YAMLMapper.builder()
                .build()
                .readTree(FILE.toFile())
                .forEach(entry -> excluded.entries.put(
                        entry.get("recording").stringValue(),
                        new Entry(
                                entry.get("reason").stringValue(),
                                !entry.path("played").asBoolean(true))));
        return excluded;
    }

    Map<String, Entry> all() {
        return entries;
    }

    boolean contains(Recording recording) {
        return entries.containsKey(recording.name());
    }

    /** Whether it is not even played, because that would change the state of the others. */
    boolean skips(Recording recording) {
        var entry = entries.get(recording.name());
        return entry != null && entry.skipped();
    }

    /** Why, and whether the request is not even sent. */
    record Entry(String reason, boolean skipped) {}
}
