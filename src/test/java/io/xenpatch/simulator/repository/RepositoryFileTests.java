package io.xenpatch.simulator.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xenpatch.simulator.model.ApiFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RepositoryFileTests {

    @Cases(Suite.UPDATEINFO_OF_XML)
    void readsUpdatesAsXapiDoes(String name, JsonNode row) {
        var xml = OracleValues.text(row.get("input"), "xml");

        OracleValues.assertAnswers(() -> UpdateInfoXml.read(xml), row, RepositoryFileTests::info);
    }

    private static UpdatesInfo info(JsonNode json) {
        return new UpdatesInfo(
                OracleValues.textOrNull(json, "xapi_api_version"),
                OracleValues.info(json.get("updates")).updates());
    }

    @Cases(Suite.REPOMD_METADATA_OF_XML)
    void readsMetadataAsXapiDoes(String name, JsonNode row) {
        var xml = OracleValues.text(row.get("input"), "xml");

        OracleValues.assertAnswers(() -> RepositoryMetadata.read(xml), row, RepositoryFileTests::metadata);
    }

    private static RepositoryMetadata metadata(JsonNode json) {
        return new RepositoryMetadata(OracleValues.text(json, "checksum"), OracleValues.text(json, "location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<updates>", "<!DOCTYPE updates [<!ENTITY a 'b'>]><updates/>"})
    void refusesUpdatesThatAreNoXml(String text) {
        assertThatExceptionOfType(ApiFailure.class)
                .isThrownBy(() -> UpdateInfoXml.read(text))
                .matches(failure -> "INVALID_UPDATEINFO_XML".equals(failure.code()));
    }

    @Test
    void passesOverWhatItCanNotRead() {
        var update = UpdateInfoXml.read("""
                        <updates>
                          <update type="security">
                            <id>UPDATE-1</id>
                            <summary>one</summary>
                            <issued date="yesterday"/>
                            <severity>Terrible</severity>
                            <guidance_applicabilities>
                              <applicability>
                                <name>xen</name><arch>x86_64</arch><inequality>near</inequality>
                                <version>4.17</version><release>1</release>
                              </applicability>
                              <applicability>
                                <name>xen</name><arch>x86_64</arch><inequality>lt</inequality>
                                <epoch>first</epoch><version>4.17</version><release>1</release>
                              </applicability>
                              <applicability>
                                <name>xen</name><inequality>lt</inequality><version>4.17</version><release>1</release>
                              </applicability>
                            </guidance_applicabilities>
                            <livepatches>
                              <livepatch component="xen" base="4.17.6" to="4.17.6-2" base-buildid="ab"/>
                            </livepatches>
                          </update>
                        </updates>
                        """).updates().get(0);

        assertThat(update.issued()).isEqualTo(Instant.EPOCH);
        assertThat(update.severity()).isEqualTo(Severity.NONE);
        assertThat(update.applicabilities())
                .containsExactly(new Applicability("xen", "x86_64", Inequality.LT, Evr.of("4.17", "1")));
        assertThat(update.livePatches()).isEmpty();
    }
}
