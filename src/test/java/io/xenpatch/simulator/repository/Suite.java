package io.xenpatch.simulator.repository;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;

/** The suites of XAPI's own tests whose results were recorded in {@code oracle-*.json}; a case is named by suite, number and label. */
enum Suite {
    EVAL_GUIDANCE_FOR_ONE_UPDATE,
    GUIDANCE_SET_RESORT,
    GUIDANCE_SET_REDUCE,
    GUIDANCE_REDUCE_CASCADED,
    SET_PENDING_GUIDANCES,
    MERGE_LIVEPATCH_FAILURES,
    CONSOLIDATE_UPDATES_OF_HOST,
    XEN_RUNNING_LIVEPATCH,
    KERNEL_RUNNING_LIVEPATCH,
    ACCUMULATIVE_LIVEPATCHES,
    PRUNE_UPDATEINFO_FOR_LIVEPATCHES,
    UPDATEINFO_OF_XML,
    REPOMD_METADATA_OF_XML,
    APPLICABILITY_EVAL,
    UPDATE_OF_JSON,
    GET_UPDATE_IN_JSON,
    PRUNE_ACCUMULATIVE_UPDATES,
    LATEST_UPDATES_FROM_REDUNDANCY,
    PARSE_UPDATEINFO_LIST,
    RPM_OF_FULLNAME,
    RPM_VERSION_COMPARE,
    RPM_VERSION_COMPARE_MATRIX,
    REPOSITORY_URL_ALLOWLIST,
    REPOSITORY_URL_BLOCKLIST;

    private static final int LONGEST_LABEL = 120;

    /** Its name in the file. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The suite itself, for what all its cases have in common. */
    JsonNode read() {
        return oracles().findFirst().orElseThrow().suites().get(text());
    }

    /** All its cases, of all files: a name and what the file has. */
    Stream<Arguments> cases() {
        return oracles().flatMap(this::cases);
    }

    private Stream<Oracle> oracles() {
        return Arrays.stream(Oracle.values()).filter(oracle -> oracle.suites().has(text()));
    }

    private Stream<Arguments> cases(Oracle oracle) {
        var suite = oracle.suites().get(text());
        var cases = suite.has("cases") ? suite.get("cases") : suite.get("rows");
        return IntStream.range(0, cases.size())
                .mapToObj(number -> Arguments.of(name(oracle, number, cases.get(number)), cases.get(number)));
    }

    private String name(Oracle oracle, int number, JsonNode row) {
        var label = row.has("label") ? row.get("label").stringValue() : shortened(row);
        return oracle.text() + "/" + text() + " " + number + ": " + label;
    }

    private static String shortened(JsonNode row) {
        var text = row.path("input").isMissingNode()
                ? row.toString()
                : row.get("input").toString();
        return text.length() > LONGEST_LABEL ? text.substring(0, LONGEST_LABEL) + "…" : text;
    }
}
