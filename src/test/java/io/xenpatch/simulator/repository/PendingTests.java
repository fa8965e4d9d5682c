package io.xenpatch.simulator.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PendingTests {

    @Cases(Suite.SET_PENDING_GUIDANCES)
    void addsToWhatIsPendingAsXapiDoes(String name, JsonNode row) {
        var input = row.get("input");

        var after = pending(input).with(OracleValues.guidances(input.get("coming")));

        assertThat(after).isEqualTo(pending(row.get("expected")));
    }

    private static PendingGuidances pending(JsonNode json) {
        var guests = new LinkedHashMap<String, Set<Guidance>>();
        json.get("vms_pending").forEach(guest -> guests.put(OracleValues.text(guest, "vm"), set(guest.get("pending"))));
        return new PendingGuidances(set(json.get("host_pending")), guests);
    }

    @Test
    void keepsAnEvacuationNowhere() {
        var nothing = new PendingGuidances(Set.of(), Map.of("guest", Set.of()));

        assertThat(nothing.with(EnumSet.of(Guidance.EVACUATE_HOST))).isEqualTo(nothing);
    }

    @Cases(Suite.MERGE_LIVEPATCH_FAILURES)
    void changesWhatFailedAsXapiDoes(String name, JsonNode row) {
        var input = row.get("input");

        var changes = LivePatchFailures.of(
                set(input.get("previous_failures")),
                OracleValues.list(input.get("applied"), OracleValues::component),
                OracleValues.list(input.get("failed"), OracleValues::component));

        var expected = row.get("expected");
        assertThat(changes)
                .isEqualTo(new LivePatchFailures(set(expected.get("to_be_removed")), set(expected.get("to_be_added"))));
    }

    private static Set<Guidance> set(JsonNode list) {
        return Set.copyOf(OracleValues.guidances(list));
    }
}
