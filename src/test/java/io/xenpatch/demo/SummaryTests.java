package io.xenpatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SummaryTests {

    @Test
    void saysThatNoActionIsRequired() {
        assertThat(Summary.of(job("NO_ACTION_REQUIRED", Map.of("livePatched", 3, "rebooted", 0))))
                .isEqualTo("3 hosts live patched, 0 reboots: no action required");
    }

    @Test
    void countsWhatIsLeftForAPerson() {
        assertThat(Summary.of(job("COMPLETED_WITH_ACTIONS_LEFT", Map.of("manualActionLeft", 1, "rebooted", 0))))
                .isEqualTo("1 host left for a person, 0 reboots: completed with actions left");
    }

    @Test
    void namesTheFailure() {
        var job = Api.object(Map.of(
                "state",
                "FAILED",
                "summary",
                Map.of("failed", 1, "skipped", 2),
                "failure",
                Map.of("code", "STORAGE_NOT_ATTACHED", "detail", "The storage did not come back")));

        assertThat(Summary.of(job))
                .isEqualTo("2 hosts skipped, 1 host failed, 0 reboots: failed, STORAGE_NOT_ATTACHED: "
                        + "The storage did not come back");
    }

    private static JsonNode job(String result, Map<String, Integer> summary) {
        return Api.object(Map.of("state", "SUCCEEDED", "result", result, "summary", summary));
    }
}
