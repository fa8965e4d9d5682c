package io.xenpatch.simulator.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VersionTests {

    @Cases(Suite.RPM_VERSION_COMPARE)
    void ordersVersionsAsXapiDoes(String name, JsonNode row) {
        var input = row.get("input");

        assertThat(order(OracleValues.text(input, "left"), OracleValues.text(input, "right")))
                .isEqualTo(OracleValues.text(row, "expected"));
    }

    @Cases(Suite.RPM_VERSION_COMPARE_MATRIX)
    void ordersEveryPairAsXapiDoes(String name, JsonNode row) {
        assertThat(order(row.get(0).stringValue(), row.get(1).stringValue()))
                .isEqualTo(row.get(2).stringValue());
    }

    private static String order(String left, String right) {
        var order = EvrComparison.compare(left, right);
        return order == 0 ? "=" : order < 0 ? "<" : ">";
    }

    @Cases(Suite.APPLICABILITY_EVAL)
    void holdsInstalledVersionsAgainstRulesAsXapiDoes(String name, JsonNode row) {
        var input = row.get("input");

        var inequality = Inequality.of(OracleValues.text(input, "inequality"));

        if (row.get("expected").has("error")) {
            // XAPI finds out when it goes by the rule; here a rule with such a word can't be made at all
            assertThat(inequality).isEmpty();
        } else {
            assertThat(inequality
                            .orElseThrow()
                            .holds(OracleValues.evr(input.get("installed")), OracleValues.evr(input.get("bound"))))
                    .isEqualTo(row.get("expected").get("ok").asBoolean());
        }
    }

    @Cases(Suite.RPM_OF_FULLNAME)
    void readsNamesOfPackagesAsXapiDoes(String name, JsonNode row) {
        var expected = row.get("expected").get("ok");

        var rpm = RpmPackage.parse(OracleValues.text(row.get("input"), "fullname"));

        assertThat(rpm.orElse(null)).isEqualTo(expected.isNull() ? null : OracleValues.rpm(expected));
    }

    @Test
    void tellsAnEpochOnlyWhereThereIsOne() {
        var plain = RpmPackage.parse("qemu-dp-2.12.0-2.0.11.xs8.x86_64").orElseThrow();
        var withEpoch = RpmPackage.parse("qemu-dp-2:2.12.0-2.0.11.xs8.x86_64").orElseThrow();

        assertThat(plain.fileName()).isEqualTo("qemu-dp-2.12.0-2.0.11.xs8.x86_64.rpm");
        assertThat(withEpoch.fileName()).isEqualTo("qemu-dp-2:2.12.0-2.0.11.xs8.x86_64.rpm");
        assertThat(plain.evr().epochText()).isEqualTo("(none)");
        assertThat(withEpoch.evr().epochText()).isEqualTo("2");
    }
}
