package io.xenpatch.job;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings of a service where nothing is configured, for tests without Spring. */
final class TestSettings {

    private static final JobSettings USUAL = job(Map.of());

    private TestSettings() {}

    static JobSettings job() {
        return USUAL;
    }

    /** @param configured by the names after {@code xenpatch.job.} */
    static JobSettings job(Map<String, String> configured) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        configured.forEach((name, value) -> source.put("xenpatch.job." + name, value));
        return new Binder(source).bindOrCreate("xenpatch.job", JobSettings.class);
    }
}
