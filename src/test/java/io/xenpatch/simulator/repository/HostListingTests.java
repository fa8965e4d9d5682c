package io.xenpatch.simulator.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HostListingTests {

    @Cases(Suite.UPDATE_OF_JSON)
    void readsAnEntryAsXapiDoes(String name, JsonNode row) {
        var json = row.get("input").get("json");

        OracleValues.assertAnswers(() -> HostListingJson.readUpdate(json), row, OracleValues::update);
    }

    @Cases(Suite.GET_UPDATE_IN_JSON)
    void writesAnEntryAsXapiDoes(String name, JsonNode row) {
        OracleValues.assertAnswers(() -> HostListingJson.write(listed(row.get("input"))), row, json -> json);
    }

    private static RpmUpdate listed(JsonNode input) {
        return RpmUpdate.listed(
                new OfferedPackage(OracleValues.rpm(input.get("new_pkg")), OracleValues.textOrNull(input, "update_id")),
                OracleValues.text(input, "repo"),
                OracleValues.installed(input.get("installed")));
    }

    @Cases(Suite.PRUNE_ACCUMULATIVE_UPDATES)
    void accumulatesWhatXapiAccumulates(String name, JsonNode row) {
        var input = row.get("input");
        var installed = OracleValues.installed(input.get("installed"));
        var latest = OracleValues.list(
                input.get("latest"),
                each -> RpmUpdate.of(
                        new OfferedPackage(OracleValues.rpm(each.get("pkg")), null),
                        OracleValues.text(each, "tag"),
                        installed));

        var all = HostListing.accumulative(OracleValues.list(input.get("accumulative"), OracleValues::offered), latest);

        assertThat(all)
                .isEqualTo(OracleValues.list(
                        row.get("expected"),
                        each -> RpmUpdate.of(
                                new OfferedPackage(
                                        OracleValues.rpm(each.get("pkg")), OracleValues.text(each, "update_id")),
                                OracleValues.text(each, "repo"),
                                installed)));
    }

    @Cases(Suite.LATEST_UPDATES_FROM_REDUNDANCY)
    void choosesBetweenTwoListsAsXapiDoes(String name, JsonNode row) {
        OracleValues.assertAnswers(
                () -> chosen(row.get("input")), row, json -> OracleValues.list(json, OracleValues::offered));
    }

    private static List<OfferedPackage> chosen(JsonNode input) {
        return YumOutput.latest(
                offeredOrNull(input.get("pkgs")),
                OracleValues.list(input.get("fallback_pkgs"), OracleValues::offered),
                input.get("fail_on_error").asBoolean());
    }

    private static @Nullable List<OfferedPackage> offeredOrNull(JsonNode list) {
        return list.isNull() ? null : OracleValues.list(list, OracleValues::offered);
    }

    @Cases(Suite.PARSE_UPDATEINFO_LIST)
    void readsALineOfThePackageManagerAsXapiDoes(String name, JsonNode row) {
        var input = row.get("input");

        var known = YumOutput.updateInfoList(
                OracleValues.list(input.get("acc"), OracleValues::offered), OracleValues.text(input, "line"));

        assertThat(known).isEqualTo(OracleValues.list(row.get("expected"), OracleValues::offered));
    }

    @Test
    void listsEveryVersionBetweenTheInstalledAndTheNewestOfWhatIsInstalled() {
        var listing = HostListing.of(
                "repository",
                List.of(
                        offered("xen-hypervisor-4.17.6-1.x86_64", "UPDATE-1"),
                        offered("xen-hypervisor-4.17.6-3.x86_64", "UPDATE-3"),
                        offered("xen-hypervisor-4.17.6-2.x86_64", "UPDATE-2"),
                        offered("xen-hypervisor-4.17.5-9.x86_64", "UPDATE-0"),
                        offered("xapi-core-24.1-1.x86_64", "UPDATE-1"),
                        offered("sudo-1.8-1.x86_64", "UPDATE-4")),
                List.of(rpm("xen-hypervisor-4.17.6-1.x86_64"), rpm("sudo-1.8-1.x86_64"), rpm("yum-3-1.noarch")),
                List.of());

        var old = Evr.of("4.17.6", "1");
        assertThat(listing.latest())
                .containsExactly(new RpmUpdate(
                        "xen-hypervisor", "x86_64", old, Evr.of("4.17.6", "3"), "UPDATE-3", "repository"));
        assertThat(listing.accumulative())
                .containsExactly(
                        new RpmUpdate("xen-hypervisor", "x86_64", old, Evr.of("4.17.6", "3"), "UPDATE-3", "repository"),
                        new RpmUpdate(
                                "xen-hypervisor", "x86_64", old, Evr.of("4.17.6", "2"), "UPDATE-2", "repository"));
    }

    private static OfferedPackage offered(String fullName, String updateId) {
        return new OfferedPackage(rpm(fullName), updateId);
    }

    private static RpmPackage rpm(String fullName) {
        return RpmPackage.parse(fullName).orElseThrow();
    }
}
