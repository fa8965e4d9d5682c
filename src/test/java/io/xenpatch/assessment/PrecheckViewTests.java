package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Findings as they are kept with an assessment. */
class PrecheckViewTests {

    @Test
    void isReadAsAnEarlierVersionKeptIt() {
        PrecheckView row = JsonMapper.shared().readValue("""
                {"code":"HA_ENABLED","severity":"INFO","scope":"POOL","subjectUuid":null,"poolUuid":null,
                 "hostUuid":null,"title":"High availability is on","detail":"","parameters":{},"fix":null}""", PrecheckView.class);

        assertThat(row.code()).isEqualTo("HA_ENABLED");
        assertThat(row.acknowledge()).isFalse();
        assertThat(JsonMapper.shared().readValue(JsonMapper.shared().writeValueAsString(row), PrecheckView.class))
                .isEqualTo(row);
    }
}
