package io.xenpatch.simulator.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HostUpdatesTests {
    private static final String REPOSITORY = "repository";
    private static final String BUILD = "2dd4f262f044a1f5af78aaa6e71f97ce956ad74e";
    private static final String OLDER_BUILD = "67edb2dca295cbc1591a1802c52015e0b875812d";

    @Cases(Suite.CONSOLIDATE_UPDATES_OF_HOST)
    void concludesForAHostWhatXapiConcludes(String name, JsonNode row) {
        var suite = Suite.CONSOLIDATE_UPDATES_OF_HOST.read();

        var updates = HostUpdates.of(
                OracleValues.info(suite.get("updates_info")),
                HostListingJson.read(row.get("input").get("host_updates_json")),
                OracleValues.text(suite, "repository_name"));

        var expected = row.get("expected").get("host_updates");
        assertThat(updates.guidance()).isEqualTo(OracleValues.byKind(expected.get("guidance")));
        assertThat(updates.rpms()).isEqualTo(OracleValues.texts(expected.get("RPMS")));
        assertThat(updates.updateIds()).isEqualTo(OracleValues.texts(expected.get("updates")));
        assertThat(updates.livePatches())
                .isEqualTo(OracleValues.list(expected.get("livepatches"), OracleValues::livePatch));
        assertThat(updates.updateIds())
                .isEqualTo(OracleValues.texts(row.get("expected").get("update_ids")));
    }

    @Test
    void recommendsWhatALivePatchAsksForInPlaceOfTheReboot() {
        var info = info(update("UPDATE-1", recommended(Guidance.REBOOT_HOST), livePatch("1", BUILD)));

        var updates = HostUpdates.of(info, listing(running(BUILD, null), "UPDATE-1"), REPOSITORY);

        assertThat(updates.guidance().of(GuidanceKind.RECOMMENDED)).containsExactly(Guidance.RESTART_DEVICE_MODEL);
        assertThat(updates.livePatches()).containsExactly(livePatch("1", BUILD));
        assertThat(updates.upToDate()).isFalse();
    }

    @Test
    void recommendsTheRebootWhereTheRunningBuildIsTooOld() {
        var info = info(
                update("UPDATE-1", recommended(Guidance.REBOOT_HOST), livePatch("1", OLDER_BUILD)),
                update("UPDATE-2", recommended(Guidance.REBOOT_HOST), livePatch("2", BUILD)));

        var updates = HostUpdates.of(info, listing(running(OLDER_BUILD, null), "UPDATE-1", "UPDATE-2"), REPOSITORY);

        assertThat(updates.guidance().of(GuidanceKind.RECOMMENDED)).containsExactly(Guidance.REBOOT_HOST);
        assertThat(updates.livePatches()).isEmpty();
    }

    @Test
    void loadsNoLivePatchIntoAHostThatMustReboot() {
        var info = info(
                update("UPDATE-1", recommended(Guidance.REBOOT_HOST), livePatch("1", BUILD)),
                update("UPDATE-2", new Guidances(Map.of(GuidanceKind.MANDATORY, List.of(Guidance.REBOOT_HOST)))));

        var updates = HostUpdates.of(info, listing(running(BUILD, null), "UPDATE-1", "UPDATE-2"), REPOSITORY);

        assertThat(updates.livePatches()).isEmpty();
        assertThat(updates.guidance().of(GuidanceKind.MANDATORY)).containsExactly(Guidance.REBOOT_HOST);
        assertThat(updates.guidance().of(GuidanceKind.RECOMMENDED)).isEmpty();
    }

    @Test
    void loadsOnlyTheNewestLivePatchAndShowsTheUpdatesOfAllItTakesThePlaceOf() {
        var info = info(
                update("UPDATE-2", recommended(Guidance.REBOOT_HOST), livePatch("2", BUILD)),
                update("UPDATE-1", recommended(Guidance.REBOOT_HOST), livePatch("1", BUILD)),
                update("UPDATE-0", recommended(Guidance.REBOOT_HOST), livePatch("0", BUILD)));

        var updates = HostUpdates.of(info, listing(running(BUILD, Evr.of("4.17.6", "0"))), REPOSITORY);

        assertThat(updates.livePatches()).containsExactly(livePatch("2", BUILD));
        assertThat(updates.updateIds()).containsExactly("UPDATE-1", "UPDATE-2");
        assertThat(updates.guidance().of(GuidanceKind.RECOMMENDED)).containsExactly(Guidance.RESTART_DEVICE_MODEL);
        assertThat(updates.rpms()).isEmpty();
        assertThat(updates.upToDate()).isFalse();
        assertThat(HostUpdates.updatesOf(info, List.of(updates, HostUpdates.NOTHING)))
                .extracting(UpdateRecord::id, UpdateRecord::livePatches)
                .containsExactly(
                        tuple("UPDATE-1", List.of(livePatch("1", BUILD))),
                        tuple("UPDATE-2", List.of(livePatch("2", BUILD))));
    }

    @Test
    void lacksNothingOnceTheNewestLivePatchRuns() {
        var info = info(update("UPDATE-1", recommended(Guidance.REBOOT_HOST), livePatch("1", BUILD)));

        var updates = HostUpdates.of(info, listing(running(BUILD, Evr.of("4.17.6", "1"))), REPOSITORY);

        assertThat(updates).isEqualTo(HostUpdates.NOTHING);
        assertThat(updates.upToDate()).isTrue();
    }

    @Test
    void showsEveryKindEvenOfAHostThatLacksNothing() {
        assertThat(HostUpdates.NOTHING.guidance().byKind())
                .containsOnlyKeys(GuidanceKind.MANDATORY, GuidanceKind.RECOMMENDED, GuidanceKind.FULL);
    }

    private static UpdatesInfo info(UpdateRecord... updates) {
        return new UpdatesInfo(null, List.of(updates));
    }

    private static UpdateRecord update(String id, Guidances guidance, RepositoryLivePatch... livePatches) {
        return new UpdateRecord(
                id,
                "security",
                "summary",
                "",
                "",
                "",
                "",
                Instant.EPOCH,
                Severity.HIGH,
                guidance,
                List.of(),
                List.of(livePatches));
    }

    private static Guidances recommended(Guidance recommended) {
        return new Guidances(Map.of(
                GuidanceKind.RECOMMENDED,
                List.of(recommended),
                GuidanceKind.LIVEPATCH,
                List.of(Guidance.RESTART_DEVICE_MODEL)));
    }

    private static RepositoryLivePatch livePatch(String release, String buildId) {
        return new RepositoryLivePatch(LivePatchComponent.XEN, buildId, "4.17.5", "9", "4.17.6", release);
    }

    private static RunningLivePatch running(String buildId, @Nullable Evr to) {
        return new RunningLivePatch(LivePatchComponent.XEN, buildId, to);
    }

    private static HostListing listing(RunningLivePatch running, String... updateIds) {
        var all = Stream.of(updateIds).map(HostUpdatesTests::rpm).toList();
        return new HostListing(all, all, List.of(running));
    }

    private static RpmUpdate rpm(String updateId) {
        return new RpmUpdate(
                "xen-hypervisor", "x86_64", Evr.of("4.17.5", "9"), Evr.of("4.17.6", "1"), updateId, REPOSITORY);
    }
}
