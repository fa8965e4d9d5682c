package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.model.Profile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R27: a host is disabled with what this XAPI version has. */
class DisablingTests extends AdapterTest {

    @ParameterizedTest
    @CsvSource({"XENSERVER_8, until enabled", "CITRIX_HYPERVISOR_8_2_1, ''"})
    void disablesUntilSomebodyEnablesTheHostWhereTheServerCanDoThat(Profile profile, String how) {
        start(Scenario.pool("disabled").profile(profile).hosts(2));
        var pool = open();

        succeeded(pool, pool.hosts().disableUntilEnabled(host(1)));
        succeeded(pool, pool.hosts().disable(host(0)));

        assertThat(pool.pool().observe().hosts()).noneMatch(host -> host.enabled());
        assertThat(simulator().journal(description().poolUuid()))
                .filteredOn(entry -> entry.action() == JournalAction.DISABLE)
                .extracting(JournalEntry::detail)
                .containsExactly(how, "");
    }
}
