package io.xenpatch.simulator.repository;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GuidanceTests {

    @Cases(Suite.EVAL_GUIDANCE_FOR_ONE_UPDATE)
    void takesOfAnUpdateWhatXapiTakes(String name, JsonNode row) {
        var input = row.get("input");
        var origins = Set.copyOf(OracleValues.texts(input.get("upd_ids_of_livepatches")));
        var evaluation = new GuidanceEvaluation(OracleValues.info(input.get("updates_info")), List.of(), origins);

        var contribution =
                evaluation.contribution(OracleValues.update(input.get("update")), OracleValues.kind(input.get("kind")));

        assertThat(contribution).containsExactlyInAnyOrderElementsOf(OracleValues.guidances(row.get("expected")));
    }

    @Cases(Suite.GUIDANCE_SET_RESORT)
    void leavesOfASetWhatXapiLeaves(String name, JsonNode row) {
        var left =
                GuidanceReduction.reduce(OracleValues.guidances(row.get("input").get("set")));

        assertThat(left).containsExactlyInAnyOrderElementsOf(OracleValues.guidances(row.get("expected")));
    }

    @Cases(Suite.GUIDANCE_SET_REDUCE)
    void addsToASetWhatXapiAdds(String name, JsonNode row) {
        var input = row.get("input");

        var added = GuidanceReduction.reduce(
                OracleValues.guidances(input.get("already_covered")), OracleValues.guidances(input.get("candidate")));

        assertThat(added).containsExactlyInAnyOrderElementsOf(OracleValues.guidances(row.get("expected")));
    }

    @Cases(Suite.GUIDANCE_REDUCE_CASCADED)
    void cascadesAsXapiDoes(String name, JsonNode row) {
        var left = GuidanceReduction.cascade(sets(row.get("input").get("by_kind")));

        assertThat(left.byKind().keySet())
                .containsExactlyElementsOf(
                        OracleValues.list(row.get("expected"), each -> OracleValues.kind(each.get("kind"))));
        sets(row.get("expected"))
                .forEach((kind, set) -> assertThat(left.of(kind)).containsExactlyInAnyOrderElementsOf(set));
    }

    private static Map<GuidanceKind, Collection<Guidance>> sets(JsonNode byKind) {
        return StreamSupport.stream(byKind.spliterator(), false)
                .collect(toMap(
                        each -> OracleValues.kind(each.get("kind")), each -> OracleValues.guidances(each.get("set"))));
    }

    @Test
    void sortsWhatIsLeftAsXapiDoes() {
        assertThat(GuidanceReduction.reduce(List.of(
                        Guidance.RESTART_VM,
                        Guidance.EVACUATE_HOST,
                        Guidance.RESTART_TOOLSTACK,
                        Guidance.EVACUATE_HOST)))
                .containsExactly(Guidance.RESTART_TOOLSTACK, Guidance.EVACUATE_HOST, Guidance.RESTART_VM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NewGuidance", "RebootHostOnLivePatchFailure", "reboot_host", ""})
    void takesGuidanceThatXapiDoesNotExpectForAReboot(String text) {
        assertThat(Guidance.ofUpdateInfo(text)).isEqualTo(Guidance.REBOOT_HOST);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EVACUATE_HOST")
    void findsWhatIsPendingByItsNameInTheDatabase(Guidance guidance) {
        var pending = guidance.pending();

        assertThat(pending).isNotNull();
        assertThat(Guidance.ofPending(String.valueOf(pending))).isEqualTo(guidance);
    }

    @Test
    void findsNothingPendingByAnyOtherName() {
        assertThatIllegalArgumentException().isThrownBy(() -> Guidance.ofPending("evacuate_host"));
    }
}
