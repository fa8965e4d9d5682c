package io.xenpatch.simulator.repository;

import tools.jackson.databind.JsonNode;

class RepositoryUrlTests {

    @Cases(Suite.REPOSITORY_URL_ALLOWLIST)
    void allowsTheAddressesThatXapiAllows(String name, JsonNode row) {
        var input = row.get("input");

        OracleValues.assertAnswers(
                () -> isAllowed(() -> RepositoryUrl.check(
                        OracleValues.text(input, "url"), OracleValues.texts(input.get("allowlist")))),
                row,
                JsonNode::asBoolean);
    }

    @Cases(Suite.REPOSITORY_URL_BLOCKLIST)
    void blocksTheAddressesThatXapiBlocks(String name, JsonNode row) {
        var input = row.get("input");

        OracleValues.assertAnswers(
                () -> isAllowed(() -> RepositoryUrl.checkNotBlocked(
                        OracleValues.text(input, "url"), OracleValues.texts(input.get("blocklist")))),
                row,
                JsonNode::asBoolean);
    }

    private static boolean isAllowed(Runnable check) {
        check.run();
        return true;
    }
}
