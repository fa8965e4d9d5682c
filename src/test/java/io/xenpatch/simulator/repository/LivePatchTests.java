package io.xenpatch.simulator.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

class LivePatchTests {

    @Cases(Suite.XEN_RUNNING_LIVEPATCH)
    void findsWhatRunsInXenAsXapiDoes(String name, JsonNode row) {
        assertThat(LivePatchListing.xen(OracleValues.text(row.get("input"), "listing")))
                .isEqualTo(running(row.get("expected")));
    }

    @Cases(Suite.KERNEL_RUNNING_LIVEPATCH)
    void findsWhatRunsInTheKernelAsXapiDoes(String name, JsonNode row) {
        assertThat(LivePatchListing.kernel(OracleValues.text(row.get("input"), "listing")))
                .isEqualTo(running(row.get("expected")));
    }

    private static Optional<LivePatchName> running(JsonNode json) {
        return json.isNull()
                ? Optional.empty()
                : Optional.of(new LivePatchName(
                        OracleValues.text(json, "base_version"),
                        OracleValues.text(json, "base_release"),
                        OracleValues.text(json, "to_version"),
                        OracleValues.text(json, "to_release")));
    }

    @Cases(Suite.ACCUMULATIVE_LIVEPATCHES)
    void findsNewerLivePatchesAsXapiDoes(String name, JsonNode row) {
        var input = row.get("input");

        var newer = LivePatchSelection.newerThan(
                running(input.get("since"), OracleValues.text(input.get("since"), "base_build_id")),
                OracleValues.info(input.get("updates_info")));

        assertThat(newer).isEqualTo(OracleValues.list(row.get("expected"), LivePatchTests::origin));
    }

    private static RunningLivePatch running(JsonNode json, String buildId) {
        return new RunningLivePatch(OracleValues.component(json.get("component")), buildId, loaded(json));
    }

    private static @Nullable Evr loaded(JsonNode json) {
        return json.get("to_version").isNull()
                ? null
                : Evr.of(OracleValues.text(json, "to_version"), OracleValues.text(json, "to_release"));
    }

    private static LivePatchSelection.Origin origin(JsonNode json) {
        return new LivePatchSelection.Origin(
                OracleValues.livePatch(json.get("livepatch")), OracleValues.text(json, "update_id"));
    }

    @Cases(Suite.PRUNE_UPDATEINFO_FOR_LIVEPATCHES)
    void showsOfAnUpdateTheLivePatchesThatXapiShows(String name, JsonNode row) {
        var input = row.get("input");
        var selected = List.copyOf(OracleValues.list(input.get("latest_livepatches"), OracleValues::livePatch));

        assertThat(OracleValues.record(input.get("updateinfo")).withOnly(selected))
                .isEqualTo(OracleValues.record(row.get("expected")));
    }
}
