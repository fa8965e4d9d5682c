package io.xenpatch.simulator.repository;

import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What XAPI's original functions answered to XAPI's own test cases. */
enum Oracle {
    GUIDANCE,
    LIVEPATCH,
    UPDATEINFO;

    /** Its name, as in {@code oracle-guidance.json}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its suites by name. */
    JsonNode suites() {
        var file = Path.of("src/test/resources/oracle-" + text() + ".json").toFile();
        return JsonMapper.builder().build().readTree(file).get("suites");
    }
}
