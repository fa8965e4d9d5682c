package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pool that synchronises its repository by itself (xapi.md §7.1). Its clock begins on Tuesday 2026-11-24 at 06:00 UTC. */
class PeriodicSyncTests extends RepositoryTest {
    private static final Duration DAY = Duration.ofDays(1);

    private void start(String frequency, int day) {
        start(pool(repository -> UpdateSets.fill(repository, UpdateSet.LIVE)));
        client().call("pool.configure_update_sync", poolRef(), frequency, day);
        client().call("pool.set_update_sync_enabled", poolRef(), true);
    }

    private String lastSync() {
        return client().text("pool.get_last_update_sync", poolRef());
    }

    @ParameterizedTest
    @CsvSource({"daily, 5, 20261125", "weekly, 2, 20261201", "weekly, 0, 20261129"})
    void synchronisesOnTheNextDayThatIsDue(String frequency, int day, String date) {
        start(frequency, day);

        advance(DAY.multipliedBy(8));
        client().login();

        assertThat(journal().get(0).action()).isEqualTo(JournalAction.UPDATES_SYNCED);
        assertThat(journal().get(0).at().toString().replace("-", "")).startsWith(date);
        assertThat(hash()).isNotEmpty();
    }

    @Test
    void goesOnEveryDayUntilItIsSwitchedOff() {
        start("daily", 0);
        advance(DAY.multipliedBy(3));
        client().login();
        var synced = actions().size();
        client().call("pool.set_update_sync_enabled", poolRef(), false);
        var last = lastSync();

        advance(DAY.multipliedBy(3));
        client().login();

        assertThat(synced).isBetween(2, 3);
        assertThat(actions()).hasSize(synced).containsOnly(JournalAction.UPDATES_SYNCED);
        assertThat(lastSync()).isEqualTo(last);
    }

    @Test
    void tellsPeopleWhenItFailsAndTriesOnTheNextDay() {
        start("daily", 0);
        simulator()
                .inject(Fault.on(pool().poolUuid(), FaultKind.HOST_DIES)
                        .onHost(hostUuid(2))
                        .lasting(Duration.ofHours(43)));

        advance(DAY.multipliedBy(2).minusHours(6));
        client().login();
        var alerts = client().call("message.get_all_records");
        advance(DAY.multipliedBy(2));
        client().login();

        assertThat(alerts.valueStream()
                        .map(alert -> List.of(
                                alert.get("name").stringValue(),
                                alert.get("cls").stringValue(),
                                alert.get("obj_uuid").stringValue(),
                                alert.get("priority").asString())))
                .containsExactly(List.of("PERIODIC_UPDATE_SYNC_FAILED", "Pool", pool().poolUuid(), "3"));
        assertThat(actions()).contains(JournalAction.UPDATES_SYNCED);
    }

    @Test
    void takesADayOfTheWeekOnly() {
        start(pool(UpdateSet.LIVE));

        assertThat(client().failure("pool.configure_update_sync", poolRef(), "weekly", 7))
                .containsExactly("INVALID_UPDATE_SYNC_DAY", "7");
        client().call("pool.configure_update_sync", poolRef(), "daily", 9);
        assertThat(client().text("pool.get_update_sync_frequency", poolRef())).isEqualTo("daily");
        assertThat(client().call("pool.get_update_sync_day", poolRef()).asString())
                .isEqualTo("0");
    }
}
